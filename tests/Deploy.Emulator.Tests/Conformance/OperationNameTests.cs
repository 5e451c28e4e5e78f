namespace Deploy.Emulator.Tests.Conformance;

public sealed class OperationNameTests
{
    [Theory]
    [InlineData("GET", "/subscriptions/1/resourceGroups/g/providers/Microsoft.X/a/n", "GET Microsoft.X/a")]
    [InlineData("GET", "/subscriptions/1/providers/Microsoft.X/a", "LIST Microsoft.X/a")]
    [InlineData("GET", "/subscriptions/1/resourceGroups/g/providers/Microsoft.X/a", "LIST /resourceGroups/{}/providers/Microsoft.X/a")]
    [InlineData("GET", "/subscriptions/1/resourceGroups/g/providers/Microsoft.X/a/n/b", "LIST Microsoft.X/a/b")]
    [InlineData("POST", "/subscriptions/1/resourceGroups/g/providers/Microsoft.X/a/n/listKeys", "POST Microsoft.X/a/listKeys")]
    [InlineData("GET", "/subscriptions/1/resourceGroups/g/providers/Microsoft.X/a/n/providers/Microsoft.Authorization/locks", "LIST Microsoft.Authorization/locks")]
    [InlineData("POST", "/subscriptions/1/providers/Microsoft.X/register", "POST /subscriptions/{id}/providers/{ns}/register")]
    [InlineData("GET", "/subscriptions/1/providers/Microsoft.X", "GET /subscriptions/{id}/providers")]
    [InlineData("GET", "/subscriptions/1/providers", "LIST /subscriptions/{id}/providers")]
    [InlineData("GET", "/subscriptions/1", "GET /subscriptions")]
    [InlineData("GET", "/subscriptions", "LIST /subscriptions")]
    [InlineData("GET", "/subscriptions/1/resourcegroups", "LIST Microsoft.Resources/resourceGroups")]
    [InlineData("HEAD", "/subscriptions/1/resourcegroups/g", "HEAD Microsoft.Resources/resourceGroups")]
    [InlineData("PUT", "/subscriptions/1/tagNames/cost/tagValues/phi", "PUT /subscriptions/{id}/tagNames/tagValues")]
    [InlineData("GET", "/subscriptions/1/locations", "LIST /subscriptions/{id}/locations")]
    [InlineData("POST", "/10ca1a2e/oauth2/v2.0/token", "POST /{tenant}/oauth2/v2.0/token")]
    [InlineData("POST", "/serverless/eastus2/mini/v1/chat/completions", "POST {base}/v1/chat/completions")]
    public void Of_Request_NamesTheOperation(string method, string path, string name) => Assert.Equal(name, OperationName.Of(method, path));

    [Fact]
    public void Of_RefusedOrFollowing_IsNone() => Assert.Empty(OperationName.Of(
    [
        new System.Text.Json.Nodes.JsonObject { ["method"] = "GET", ["path"] = "/subscriptions/1", ["status"] = 404 },
        new System.Text.Json.Nodes.JsonObject { ["method"] = "GET", ["path"] = "/subscriptions/1/providers/Microsoft.X/locations/l/operationStatuses/1", ["status"] = 200 },
    ]));
}
