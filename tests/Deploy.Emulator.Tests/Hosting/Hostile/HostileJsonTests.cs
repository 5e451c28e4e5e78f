using System.Text;
using Deploy.Emulator.Tests.ControlPlane;
using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

public sealed class HostileJsonTests(MalformedHttpTests.Shared shared) : IClassFixture<MalformedHttpTests.Shared>
{
    private static readonly string Deep = new string('[', 100_000) + new string(']', 100_000);

    // Types without a place of their own need no location, and one that they are given goes into the address of their operation.
    [Theory]
    [InlineData("\u0000", 400)]
    [InlineData("a\r\nb: c", 400)]
    [InlineData("\u00e4 \u4e00", 400)]
    [InlineData("East US 2", 201)]
    public async Task Location_OfAnUntrackedType_IsOneOfAzure(string location, int status)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        (await cloud.PutAsync(cloud.Resource("Microsoft.Resources/deployments", "template"), "2021-04-01", new
        {
            location, properties = new { mode = "Incremental", template = new { resources = Array.Empty<object>() } },
        })).MustBe(status);
    }

    public static TheoryData<string, byte[]> Bodies()
    {
        const string message = """{"messages":[{"role":"user","content":"1 + 1"}]""";
        var bodies = new TheoryData<string, byte[]>
        {
            { "invalid UTF-8", [.. Encoding.UTF8.GetBytes("{\"messages\":[{\"role\":\"user\",\"content\":\""), 0xff, 0xc0, 0xaf, .. Encoding.UTF8.GetBytes("\"}]}")] },
            { "UTF-16", Encoding.Unicode.GetBytes(message + "}") },
            { "huge", Encoding.UTF8.GetBytes("{\"messages\":\"" + new string('a', (4 * 1024 * 1024) + 1) + "\"}") },
        };
        foreach (var (what, text) in new (string, string)[]
        {
            ("deep array", "{\"messages\":" + Deep + "}"),
            ("deep object", string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1" + new string('}', 50_000)),
            ("duplicate keys", """{"messages":[],"messages":[{"role":"user","content":"1 + 1"}]}"""),
            ("duplicate keys below", """{"messages":[{"role":"user","role":"user","content":"1 + 1"}]}"""),
            ("lone high surrogate", """{"messages":[{"role":"user","content":"\ud800"}]}"""),
            ("lone low surrogate in a name", """{"messages":[],"\udc00":1}"""),
            ("lone surrogate in a role", """{"messages":[{"role":"\ud800","content":"x"}]}"""),
            ("number beyond every range", message + ""","max_tokens":1e999}"""),
            ("integer beyond every range", message + ""","seed":999999999999999999999999}"""),
            ("not a number", message + ""","temperature":NaN}"""),
            ("comment", "/* a */" + message + "}"),
            ("trailing comma", message + ",}"),
            ("two documents", message + "}{}"),
            ("nothing", ""),
            ("null", "null"),
            ("string", "\"x\""),
            ("no quotes", "{messages:[]}"),
        })
        {
            bodies.Add(what, Encoding.UTF8.GetBytes(text));
        }

        return bodies;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_Hostile_IsRefusedByInferenceAndResourceManager(string what, byte[] body)
    {
        var cloud = shared.Endpoint.Cloud;
        foreach (var (method, path, key) in new (string, string, string?)[]
        {
            ("POST", $"{shared.Endpoint.Path}/chat/completions", shared.Endpoint.Key),
            ("POST", $"{shared.Endpoint.Path}/v1/chat/completions", shared.Endpoint.Key),
            ("PUT", $"{cloud.Resource("Microsoft.Storage/storageAccounts", "hostilestore")}?api-version=2024-01-01", null),
            ("PUT", $"{cloud.Serverless("hostile")}?api-version={LocalCloud.Ml}", null),
            ("POST", $"{cloud.Serverless("mini")}/regenerateKeys?api-version={LocalCloud.Ml}", null),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Connection.Https, path)) { Content = new ByteArrayContent(body) };
            request.Headers.Authorization = key is null ? cloud.Client.DefaultRequestHeaders.Authorization : new("Bearer", key);
            using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is 400 or 413 or 422, $"{what}, {method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }
}
