using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Hosting.Seeding;

namespace Deploy.Emulator;

/// <summary>Creates resources from a file, as any client would: signed in, with every check.</summary>
public static class LocalAzureSeed
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates what <c>resources</c> lists; those that others need may come after them.</summary>
    /// <param name="connection">A running local Azure.</param>
    /// <param name="content"><c>{ resources: [{ id, apiVersion?, body }] }</c>; a snapshot is one.</param>
    /// <param name="cancellationToken">Stops between two resources.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="DeployException">DEP6008 when the file is of another form, DEP6009 when a resource was refused.</exception>
    public static async Task<int> ApplyAsync(LocalAzureConnection connection, JsonObject content, CancellationToken cancellationToken)
    {
        var seeds = SeedResource.Read(content, connection.SubscriptionId);
        using var client = await SignInAsync(connection, cancellationToken);
        var waiting = seeds.ToList();
        while (waiting.Count > 0)
        {
            var refused = new List<(SeedResource Seed, string Reason)>();
            foreach (var seed in waiting)
            {
                if (await PutAsync(client, seed.Url, seed.WithoutTraffic, cancellationToken) is { } reason)
                {
                    refused.Add((seed, reason));
                }
            }

            // Whatever was refused may have needed what came after it; when nothing new came, it will not get better.
            if (refused.Count == waiting.Count)
            {
                throw new DeployException(EmulatorErrors.SeedFailed.With($"'{refused[0].Seed.Id}': {refused[0].Reason}"));
            }

            waiting = [.. refused.Select(pair => pair.Seed)];
        }

        foreach (var seed in seeds.Where(seed => seed.HasTraffic))
        {
            if (await PutAsync(client, seed.Url, seed.Body, cancellationToken) is { } reason)
            {
                throw new DeployException(EmulatorErrors.SeedFailed.With($"'{seed.Id}': {reason}"));
            }
        }

        return seeds.Count;
    }

    private static async Task<HttpClient> SignInAsync(LocalAzureConnection connection, CancellationToken cancellationToken)
    {
        var client = new HttpClient(new HttpClientHandler
        {
            UseProxy = false,
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown is not null && shown.RawData.AsSpan().SequenceEqual(connection.Certificate.RawData),
        })
        {
            BaseAddress = connection.Https,
        };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = connection.ClientId,
            ["client_secret"] = connection.ClientSecret,
            ["scope"] = "https://management.azure.com/.default",
        });
        using var response = await client.PostAsync(new Uri(connection.Https, $"{connection.TenantId}/oauth2/v2.0/token"), form, cancellationToken);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))?["access_token"];
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token ?? throw new DeployException(EmulatorErrors.NotAnswered.With($"It issued no token ({(int)response.StatusCode}).")));
        return client;
    }

    /// <summary>Null when the resource is there and ready, else why not.</summary>
    private static async Task<string?> PutAsync(HttpClient client, string url, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.PutAsync(new Uri(url, UriKind.Relative), content, cancellationToken);
        return response.IsSuccessStatusCode ? await WaitAsync(client, url, cancellationToken) : await ReasonAsync(response, cancellationToken);
    }

    private static async Task<string?> WaitAsync(HttpClient client, string url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReadyWithin);
        try
        {
            while (true)
            {
                using var response = await client.GetAsync(new Uri(url, UriKind.Relative), limit.Token);
                if (!response.IsSuccessStatusCode)
                {
                    return await ReasonAsync(response, cancellationToken);
                }

                var shown = JsonNode.Parse(await response.Content.ReadAsStringAsync(limit.Token));
                switch ((string?)shown?["properties"]?["provisioningState"])
                {
                    case "Failed" or "Canceled":
                        return $"it ended as {shown!["properties"]!["provisioningState"]}";
                    case null or "Succeeded":
                        return null;
                }

                await Task.Delay(LookAgain, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it is not ready after {ReadyWithin.TotalMinutes:0} min";
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = (JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject)?["error"];
        return $"{(int)response.StatusCode} {error?["code"]}: {error?["message"]}";
    }
}
