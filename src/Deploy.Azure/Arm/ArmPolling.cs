using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Core;

namespace Deploy.Azure.Arm;

/// <summary>Follows long-running requests: the three styles of the Resource Manager contract.</summary>
internal sealed class ArmPolling(ArmClient client, ArmClientOptions options, TimeProvider timeProvider)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(10);

    public async Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions operation, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(operation.Timeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var run = new Run { Request = request, Operation = operation };
        try
        {
            return await FollowAsync(run, both.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return TimedOut(run);
        }
        catch (DeployException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested && exception.Error.Definition == AzureErrors.Unreachable)
        {
            return TimedOut(run);
        }
    }

    private async Task<ArmOperationResult> FollowAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Operation.ResumeFrom is { } resume)
        {
            run.PollAddress = client.Resolve(resume.OriginalString);
            return await ResumeAsync(run, cancellationToken);
        }

        var response = run.Last = await client.SendAsync(run.Request, cancellationToken);
        if (!response.IsSuccess)
        {
            return Ended(run, ArmOperationStatus.Rejected, response, response.Error);
        }

        var style = Style(run, response);
        if (style == ArmOperationStyle.None)
        {
            return Ended(run, ArmOperationStatus.Succeeded, response);
        }

        if (style is ArmOperationStyle.AzureAsyncOperation or ArmOperationStyle.Location)
        {
            run.PollAddress = client.Resolve(Header(response, style)!);
            await AnnounceAsync(run, cancellationToken);
        }

        return style switch
        {
            ArmOperationStyle.AzureAsyncOperation => await PollStatusAsync(run, response, cancellationToken),
            ArmOperationStyle.Location => await PollLocationAsync(run, response, cancellationToken),
            _ => await PollResourceAsync(run, response, cancellationToken),
        };
    }

    /// <summary>The answer decides; the expected style only says what to look for when an answer offers several or none.</summary>
    private static ArmOperationStyle Style(Run run, ArmResponse response)
    {
        var expected = run.Operation.Style;
        if (expected == ArmOperationStyle.None)
        {
            return ArmOperationStyle.None;
        }

        if (expected == ArmOperationStyle.Location && Header(response, ArmOperationStyle.Location) is not null && response.Status == 202)
        {
            return ArmOperationStyle.Location;
        }

        if (Header(response, ArmOperationStyle.AzureAsyncOperation) is not null)
        {
            return ArmOperationStyle.AzureAsyncOperation;
        }

        if (Header(response, ArmOperationStyle.Location) is not null && response.Status == 202)
        {
            return ArmOperationStyle.Location;
        }

        var deletes = run.Request.Method == RequestMethod.Delete;
        var running = response.Status == 202 || (ProvisioningState(response) is { } state && !IsFinal(state));
        return running || (!deletes && IsFailure(ProvisioningState(response))) ? ArmOperationStyle.OriginalUri : ArmOperationStyle.None;
    }

    private static async Task AnnounceAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Operation.Accepted is { } accepted)
        {
            await accepted(run.PollAddress!, cancellationToken);
        }
    }

    /// <summary>An interrupted run left an address only: its first answer tells which style it has.</summary>
    private async Task<ArmOperationResult> ResumeAsync(Run run, CancellationToken cancellationToken)
    {
        var response = run.Last = await PollAsync(run, cancellationToken);
        if (response.Status is 404 or 410)
        {
            // Operations are forgotten after a while; the resource itself then tells how it ended.
            return await PollResourceAsync(run, response, cancellationToken);
        }

        if (!response.IsSuccess)
        {
            return Ended(run, ArmOperationStatus.Failed, response, response.Error);
        }

        return response.Status != 202 && (response.Body as JsonObject)?["status"] is JsonValue
            ? await PollStatusAsync(run, response, cancellationToken, alreadyPolled: true)
            : await PollLocationAsync(run, response, cancellationToken, alreadyPolled: true);
    }

    private async Task<ArmOperationResult> PollStatusAsync(Run run, ArmResponse response, CancellationToken cancellationToken, bool alreadyPolled = false)
    {
        while (true)
        {
            if (!alreadyPolled)
            {
                await WaitAsync(run, response, cancellationToken);
                response = run.Last = await PollAsync(run, cancellationToken);
            }

            alreadyPolled = false;
            if (!response.IsSuccess)
            {
                return DeletedWhilePolling(run, response) ?? Ended(run, ArmOperationStatus.Failed, response, response.Error);
            }

            var status = (response.Body as JsonObject)?["status"]?.ToString();
            if (status is null && response.Status != 202)
            {
                status = "Succeeded";
            }

            if (string.Equals(status, "Succeeded", StringComparison.OrdinalIgnoreCase))
            {
                return await FinalAsync(run, response, cancellationToken);
            }

            if (IsFailure(status))
            {
                return Failed(run, response, status!);
            }
        }
    }

    private async Task<ArmOperationResult> PollLocationAsync(Run run, ArmResponse response, CancellationToken cancellationToken, bool alreadyPolled = false)
    {
        while (true)
        {
            if (!alreadyPolled)
            {
                await WaitAsync(run, response, cancellationToken);
                response = run.Last = await PollAsync(run, cancellationToken);
            }

            alreadyPolled = false;
            if (response.Status == 202)
            {
                run.PollAddress = Header(response, ArmOperationStyle.Location) is { } moved ? client.Resolve(moved) : run.PollAddress;
                continue;
            }

            if (!response.IsSuccess)
            {
                return DeletedWhilePolling(run, response) ?? Ended(run, ArmOperationStatus.Failed, response, response.Error);
            }

            return await FinalAsync(run, response, cancellationToken);
        }
    }

    private async Task<ArmOperationResult> PollResourceAsync(Run run, ArmResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitAsync(run, response, cancellationToken);
            response = run.Last = await client.SendAsync(ReadRequest(run.Request), cancellationToken);
            if (!response.IsSuccess)
            {
                return DeletedWhilePolling(run, response) ?? Ended(run, ArmOperationStatus.Failed, response, response.Error);
            }

            var state = ProvisioningState(response);
            if (IsFailure(state))
            {
                return Failed(run, response, state!);
            }

            var deletes = run.Request.Method == RequestMethod.Delete;
            if (!deletes && (state is null || IsFinal(state)))
            {
                return Ended(run, ArmOperationStatus.Succeeded, response);
            }

            if (deletes && run.Operation.ResumeFrom is not null && (state is null || IsFinal(state)))
            {
                return Ended(run, ArmOperationStatus.Failed, response, new ArmError { Code = "OperationForgotten", Message = "the delete is not known any more, and the resource still exists" });
            }
        }
    }

    /// <summary>After success: a PUT or PATCH is answered with the resource itself, everything else with what the poll brought.</summary>
    private async Task<ArmOperationResult> FinalAsync(Run run, ArmResponse response, CancellationToken cancellationToken)
    {
        if (run.Request.Method != RequestMethod.Put && run.Request.Method != RequestMethod.Patch)
        {
            return Ended(run, ArmOperationStatus.Succeeded, response);
        }

        // A status document may carry id and properties as well, so only a body without a status counts as the resource.
        var isResource = response.Body is JsonObject body && body["id"] is not null && body["properties"] is not null && body["status"] is null;
        var resource = isResource ? response : run.Last = await client.SendAsync(ReadRequest(run.Request), cancellationToken);
        if (!resource.IsSuccess)
        {
            return Ended(run, ArmOperationStatus.Failed, resource, resource.Error);
        }

        // Some services still say Updating right after the operation succeeded; the resource then tells when it is done.
        var state = ProvisioningState(resource);
        if (IsFailure(state))
        {
            return Failed(run, resource, state!);
        }

        return state is not null && !IsFinal(state) ? await PollResourceAsync(run, resource, cancellationToken) : Ended(run, ArmOperationStatus.Succeeded, resource);
    }

    private Task<ArmResponse> PollAsync(Run run, CancellationToken cancellationToken) =>
        client.SendAsync(ArmRequest.Get(run.PollAddress!.AbsoluteUri, run.Request.ApiVersion), cancellationToken);

    private async Task WaitAsync(Run run, ArmResponse response, CancellationToken cancellationToken)
    {
        var delay = RetryAfter(response) ?? run.NextDelay(options);
        await Task.Delay(delay < ShortestDelay ? ShortestDelay : delay, timeProvider, cancellationToken);
    }

    private TimeSpan? RetryAfter(ArmResponse response)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (!response.Headers.TryGetValue("Retry-After", out text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - timeProvider.GetUtcNow() : null;
    }

    private static ArmRequest ReadRequest(ArmRequest request) => ArmRequest.Get(request.Path, request.ApiVersion) with { Query = request.Query };

    private static string? Header(ArmResponse response, ArmOperationStyle style) =>
        response.Headers.GetValueOrDefault(style == ArmOperationStyle.Location ? "Location" : "Azure-AsyncOperation");

    private static string? ProvisioningState(ArmResponse response) => ((response.Body as JsonObject)?["properties"] as JsonObject)?["provisioningState"]?.ToString();

    private static bool IsFinal(string state) => string.Equals(state, "Succeeded", StringComparison.OrdinalIgnoreCase) || IsFailure(state);

    private static bool IsFailure(string? state) => state is not null &&
        (string.Equals(state, "Failed", StringComparison.OrdinalIgnoreCase) || IsCanceled(state));

    private static bool IsCanceled(string state) =>
        string.Equals(state, "Canceled", StringComparison.OrdinalIgnoreCase) || string.Equals(state, "Cancelled", StringComparison.OrdinalIgnoreCase);

    private static ArmOperationResult? DeletedWhilePolling(Run run, ArmResponse response) =>
        run.Request.Method == RequestMethod.Delete && response.Status is 404 or 410 ? Ended(run, ArmOperationStatus.Succeeded, response) : null;

    private static ArmOperationResult Failed(Run run, ArmResponse response, string state)
    {
        var body = response.Body as JsonObject;
        var error = ArmError.FromEnvelope(body?["error"]) ?? ArmError.FromEnvelope((body?["properties"] as JsonObject)?["error"])
            ?? new ArmError { Code = state, Message = $"the operation ended as {state} and gave no reason" };
        return Ended(run, IsCanceled(state) ? ArmOperationStatus.Canceled : ArmOperationStatus.Failed, response, error);
    }

    private static ArmOperationResult TimedOut(Run run)
    {
        var limit = run.Operation.Timeout;
        var last = run.Last ?? new ArmResponse { Status = 0, Headers = new Dictionary<string, string>(), Subject = $"{run.Request.Method} {run.Request.Path}" };
        var error = new ArmError { Code = "OperationTimedOut", Message = $"operation timed out: it had not ended after {limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds" };
        return Ended(run, ArmOperationStatus.TimedOut, last, error);
    }

    private static ArmOperationResult Ended(Run run, ArmOperationStatus status, ArmResponse response, ArmError? error = null) =>
        new() { Status = status, Response = response, Error = error, PollAddress = run.PollAddress };

    private sealed class Run
    {
        private TimeSpan? _delay;

        public required ArmRequest Request { get; init; }

        public required ArmOperationOptions Operation { get; init; }

        public Uri? PollAddress { get; set; }

        public ArmResponse? Last { get; set; }

        public TimeSpan NextDelay(ArmClientOptions options)
        {
            var delay = _delay ?? options.PollDelay;
            _delay = delay * 1.5 > options.MaxPollDelay ? options.MaxPollDelay : delay * 1.5;
            return delay;
        }
    }
}
