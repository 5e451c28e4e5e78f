using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

public sealed class HostilePathTests
{
    private static readonly string[] Tricks =
    [
        "/../../../../etc/passwd", "/serverless/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fidentity.json", "/.%2e/identity.json", "/%252e%252e/identity.json", "/./identity.json",
        "/..\\..\\identity.json", "/%5c..%5cidentity.json", "/%00", "/identity.json%00.txt", "/%c0%ae%c0%ae/identity.json", "/%e0%80%ae/x", "/%ff%fe", "/%", "/%zz", "/%2", "/a%0d%0aX: y", "/\u00e4",
        "/identity.json", "/azure.db", "/signing.key", "/certificate.key", "/requests.log", "/file:///etc/passwd", "//identity.json", "/.local/../identity.json", "/.local/%2e%2e/stop", "/.LOCAL/status",
        "/subscriptions/../../etc?api-version=2024-03-01", "/subscriptions/%2e%2e/x?api-version=2024-03-01", "/metadata/../.local/status", "/?../../x", "/*", "*",
    ];

    [Fact]
    public async Task Path_Trick_ServesNothingWithoutAKey()
    {
        await using var endpoint = await Endpoints.ServerlessAsync();
        var connection = endpoint.Cloud.Connection;
        string[] more = [$"{endpoint.Path}/../mini/info", $"{endpoint.Path}/info", $"/{endpoint.Path}//info", $"{endpoint.Path}%2finfo", $"{endpoint.Path}/%2e/info", endpoint.Path.ToUpperInvariant() + "/INFO"];
        foreach (var path in Tricks.Concat(more))
        {
            foreach (var overTls in new[] { false, true })
            {
                var answer = await RawConnection.SendAsync(connection, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", overTls, closes: false);
                var status = RawConnection.Status(answer);
                Assert.True(status is 400 or 401 or 403 or 404 or 405 || (path.StartsWith("/?", StringComparison.Ordinal) && status == 200), $"{path}: {answer}");
                Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
                Assert.DoesNotContain(connection.ClientSecret, answer, StringComparison.Ordinal);
                Assert.DoesNotContain("PRIVATE KEY", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("Phi-3", answer, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Path_TrickWithTheKeyOfAnotherEndpoint_ServesNothing()
    {
        await using var endpoint = await Endpoints.ServerlessAsync();
        (await endpoint.Cloud.PutServerlessAsync("other", "Phi-4")).MustBe(201);
        var (other, _) = await endpoint.Cloud.EndpointAsync(endpoint.Cloud.Serverless("other"));
        foreach (var path in (string[])[$"{other}/info", $"{endpoint.Path}/../other/info", $"{endpoint.Path}/%2e%2e/other/info", $"{endpoint.Path}%2f..%2fother/info", $"{endpoint.Path}/..%5cother/info", $"{other}%00mini/info"])
        {
            var answer = await RawConnection.SendAsync(endpoint.Cloud.Connection, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {endpoint.Key}\r\nConnection: close\r\n\r\n", closes: false);
            Assert.True(RawConnection.Status(answer) is 400 or 401 or 404, $"{path}: {answer}");
        }
    }
}
