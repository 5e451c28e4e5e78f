using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Deploy.Emulator;

namespace Bench.Emulator;

/// <summary>Chat and reads of Azure Resource Manager in turns.</summary>
internal sealed class Traffic(LocalAzureConnection connection, HttpClient arm, string endpoint, string key)
{
    private const string Question = """{"messages":[{"role":"user","content":"Reply with the number only: 417 + 388"}],"stream":false}""";

    public ConcurrentDictionary<int, int> Statuses { get; } = new();

    /// <summary>Sends so many, one after another; what is no status (a broken connection) counts as 0.</summary>
    public async Task SendAsync(HttpClient client, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var status = await SendOneAsync(client, index % 2 == 0);
            Statuses.AddOrUpdate(status, 1, static (_, seen) => seen + 1);
        }
    }

    private async Task<int> SendOneAsync(HttpClient client, bool isChat)
    {
        using var request = isChat
            ? new HttpRequestMessage(HttpMethod.Post, new Uri($"{endpoint}/chat/completions", UriKind.Relative)) { Content = new StringContent(Question, Encoding.UTF8, "application/json") }
            : new HttpRequestMessage(HttpMethod.Get, new Uri($"/subscriptions/{connection.SubscriptionId}/resourceGroups/{Seeds.Group}?api-version=2024-03-01", UriKind.Relative));
        request.Headers.Authorization = isChat ? new AuthenticationHeaderValue("Bearer", key) : arm.DefaultRequestHeaders.Authorization;
        try
        {
            using var response = await client.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
