using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Endpoints.Wire;

public sealed class InferenceRoutesTests
{
    [Theory]
    [InlineData("https://a.example.net", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    [InlineData("https://a.example.net/", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    [InlineData("https://a.example.net/v1", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    [InlineData("https://a.example.net/v1/chat/completions", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    [InlineData("https://a.example.net/score?x=1", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    [InlineData("http://127.0.0.1:8080/ml/mini", "http://127.0.0.1:8080/ml/mini/chat/completions?api-version=2024-05-01-preview", "http://127.0.0.1:8080/ml/mini/v1/chat/completions")]
    [InlineData("https://r.services.ai.azure.com/models", "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview", "https://r.services.ai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://r.services.ai.azure.com/models/chat/completions?api-version=1", "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview", "https://r.services.ai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://r.openai.azure.com/openai/deployments/phi/chat/completions?api-version=1", "https://r.openai.azure.com/openai/deployments/phi/chat/completions?api-version=2024-05-01-preview", "https://r.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://a.example.net/v1/models", "https://a.example.net/chat/completions?api-version=2024-05-01-preview", "https://a.example.net/v1/chat/completions")]
    public void Chat_GivenUri_LeadsToBothDialects(string given, string azure, string openAI)
    {
        var routes = InferenceRoutes.Of(new Uri(given));
        Assert.Equal(azure, routes.Chat(EndpointDialect.AzureInference).AbsoluteUri);
        Assert.Equal(openAI, routes.Chat(EndpointDialect.OpenAIV1).AbsoluteUri);
    }

    [Fact]
    public void Dialects_FoundryOpenAIRoute_IsThatOneOnly()
    {
        var routes = InferenceRoutes.Of(new Uri("https://r.openai.azure.com/openai/v1/"));
        Assert.Equal([EndpointDialect.OpenAIV1], routes.Dialects);
        Assert.Equal("https://r.openai.azure.com/openai/v1/chat/completions", routes.Chat(EndpointDialect.OpenAIV1).AbsoluteUri);
        Assert.False(routes.IsCorrected);
    }

    [Theory]
    [InlineData("https://r.openai.azure.com/openai/v1/chat/completions", "https://r.openai.azure.com/openai/v1", true)]
    [InlineData("https://r.openai.azure.com/openai/v1/models", "https://r.openai.azure.com/openai/v1", true)]
    [InlineData("https://r.services.ai.azure.com/models", "https://r.services.ai.azure.com/models", false)]
    [InlineData("https://a.example.net/swagger.json", "https://a.example.net/", true)]
    public void Of_GivenUri_FindsTheBase(string given, string expected, bool corrected)
    {
        var routes = InferenceRoutes.Of(new Uri(given));
        Assert.Equal((expected, corrected), (routes.Base.AbsoluteUri, routes.IsCorrected));
    }

    [Theory]
    [InlineData("https://r.openai.azure.com/openai/v1", true)]
    [InlineData("https://r.services.ai.azure.com/models", true)]
    [InlineData("https://r.openai.azure.com/openai/deployments/phi", true)]
    [InlineData("https://models.inference.ai.azure.com", true)]
    [InlineData("https://mini.eastus2.models.ai.azure.com", false)]
    public void InfoAbsence_RoutesOfResources_IsByDesign(string uri, bool isAbsent) => Assert.Equal(isAbsent, InferenceRoutes.Of(new Uri(uri)).InfoAbsence is not null);

    [Theory]
    [InlineData("https://a.example.net", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://a.example.net", false)]
    [InlineData("http://192.168.1.1", false)]
    [InlineData("ftp://127.0.0.1", false)]
    public void IsSafe_SchemeAndHost_PlainHttpForLoopbackOnly(string uri, bool safe) => Assert.Equal(safe, InferenceRoutes.Of(new Uri(uri)).IsSafe);
}
