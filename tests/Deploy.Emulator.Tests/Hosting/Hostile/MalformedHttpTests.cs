using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

public sealed class MalformedHttpTests(MalformedHttpTests.Shared shared) : IClassFixture<MalformedHttpTests.Shared>
{
    private const string Host = "Host: 127.0.0.1\r\n";

    public static TheoryData<string, string> Requests() => new()
    {
        { "no version", "GET /\r\n\r\n" },
        { "unknown version", $"GET / HTTP/9.9\r\n{Host}\r\n" },
        { "binary", "\0\x01\x02\xff\xfe\r\n\r\n" },
        { "TLS to the plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" },
        { "method with a blank", $"GE T / HTTP/1.1\r\n{Host}\r\n" },
        { "target without a slash", $"GET serverless HTTP/1.1\r\n{Host}\r\n" },
        { "NUL in the target", $"GET /\0 HTTP/1.1\r\n{Host}\r\n" },
        { "request line without an end", "GET /" + new string('a', 20_000) },
        { "long request line", "GET /" + new string('a', 20_000) + $" HTTP/1.1\r\n{Host}\r\n" },
        { "header without colon", $"GET / HTTP/1.1\r\n{Host}nonsense\r\n\r\n" },
        { "blank before colon", $"GET / HTTP/1.1\r\n{Host}X-A : b\r\n\r\n" },
        { "folded header", $"GET / HTTP/1.1\r\n{Host}X-A: b\r\n c\r\n\r\n" },
        { "NUL in a header", $"GET / HTTP/1.1\r\n{Host}X-A: \0\r\n\r\n" },
        { "no name", $"GET / HTTP/1.1\r\n{Host}: b\r\n\r\n" },
        { "bare line feed in a header", $"GET / HTTP/1.1\r\n{Host}X-A: b\rc\r\n\r\n" },
        { "many headers", $"GET / HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 500).Select(n => $"X-{n}: y\r\n"))}\r\n" },
        { "large header", $"GET / HTTP/1.1\r\n{Host}X-A: {new string('a', 200_000)}\r\n\r\n" },
        { "no host", "GET / HTTP/1.1\r\n\r\n" },
        { "two hosts", $"GET / HTTP/1.1\r\n{Host}Host: localhost\r\n\r\n" },
        { "host with a path", "GET / HTTP/1.1\r\nHost: 127.0.0.1/x\r\n\r\n" },
        { "two lengths", $"POST / HTTP/1.1\r\n{Host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" },
        { "negative length", $"POST / HTTP/1.1\r\n{Host}Content-Length: -1\r\n\r\n" },
        { "length that is no number", $"POST / HTTP/1.1\r\n{Host}Content-Length: 1e3\r\n\r\n" },
        { "length beyond every number", $"POST / HTTP/1.1\r\n{Host}Content-Length: 99999999999999999999999\r\n\r\n" },
        { "unknown coding", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: gzip\r\n\r\n" },
        { "chunked not last", $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" },
    };

    // With a key, so that somebody reads the body.
    public static TheoryData<string, string> Bodies() => new()
    {
        { "chunk size that is no number", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" },
        { "chunk size beyond every number", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n" },
        { "chunk longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\n{}{}{}\r\n0\r\n\r\n" },
        { "chunk without an end", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}" },
        { "chunk size without digits", "Transfer-Encoding: chunked\r\n\r\n\r\n{}\r\n" },
        { "length longer than the body", "Content-Length: 50\r\n\r\n{}" },
        { "length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n" },
        { "announced too large", "Content-Length: 999999999\r\n\r\n{}" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_Malformed_IsRefusedAndTheServerLives(string what, string request)
    {
        var answer = await RawConnection.SendAsync(shared.Endpoint.Cloud.Connection, request);
        Assert.True(RawConnection.Status(answer) is 0 or (>= 400 and < 500) or 505, $"{what}: {answer}");
        await AssertAliveAsync();
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_Malformed_IsRefusedAndTheServerLives(string what, string rest)
    {
        var request = $"POST {shared.Endpoint.Path}/chat/completions HTTP/1.1\r\n{Host}Authorization: Bearer {shared.Endpoint.Key}\r\n{rest}";
        var answer = await RawConnection.SendAsync(shared.Endpoint.Cloud.Connection, request);
        Assert.True(RawConnection.Status(answer) is 0 or (>= 400 and < 500), $"{what}: {answer}");
        // What follows a body that ended elsewhere must not be taken for a request of its own.
        Assert.DoesNotContain("healthy", answer, StringComparison.Ordinal);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Body_TooSlow_IsGivenUp()
    {
        var request = $"POST {shared.Endpoint.Path}/chat/completions HTTP/1.1\r\n{Host}Authorization: Bearer {shared.Endpoint.Key}\r\nContent-Length: 1000\r\n\r\n{{";
        var answer = await RawConnection.SendAsync(shared.Endpoint.Cloud.Connection, request, closes: false);
        Assert.Equal(408, RawConnection.Status(answer));
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost.evil.example:80", 421)]
    [InlineData("0.0.0.0", 421)]
    [InlineData("127.0.0.2", 421)]
    [InlineData("[::ffff:127.0.0.1]", 421)]
    [InlineData("localhost:4711", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("[::1]:80", 200)]
    public async Task Host_NotLoopback_Is421(string host, int status)
    {
        foreach (var overTls in new[] { false, true })
        {
            var answer = await RawConnection.SendAsync(shared.Endpoint.Cloud.Connection, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", overTls, closes: false);
            Assert.Equal(status, RawConnection.Status(answer));
        }
    }

    private async Task AssertAliveAsync() => (await shared.Endpoint.Cloud.SendAsync("GET", "/")).MustBe(200);

    public sealed class Shared : IAsyncLifetime
    {
        internal Endpoints Endpoint { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Endpoint = await Endpoints.ServerlessAsync();

        public async ValueTask DisposeAsync() => await Endpoint.DisposeAsync();
    }
}
