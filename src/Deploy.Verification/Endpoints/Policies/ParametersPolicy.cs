using System.Globalization;
using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>What the requests of <c>chat.parameters</c> brought.</summary>
internal sealed record ParameterTries
{
    /// <summary>A question whose answer is long, with a small <c>max_tokens</c>.</summary>
    public required Exchange Limited { get; init; }

    public required int Limit { get; init; }

    /// <summary>A question whose answer contains <see cref="Stop"/>, with that as stop sequence, and with temperature, top_p and both penalties; null when there was no time.</summary>
    public Exchange? Stopped { get; init; }

    public required string Stop { get; init; }

    /// <summary>The same without temperature, top_p and penalties, because they were refused; null otherwise.</summary>
    public Exchange? StoppedAlone { get; init; }

    /// <summary>Whether <c>chat.basic</c> has said already that ordinary parameters are refused, or that finish reasons are missing.</summary>
    public required bool IsWarnedOf { get; init; }
}

/// <summary>Judges <c>chat.parameters</c>: limits and stop sequences are kept, values inside the specification's ranges are accepted.</summary>
internal static class ParametersPolicy
{
    // No vocabulary has longer tokens in ordinary prose, by far.
    private const int MostCharactersPerToken = 24;

    public static Finding Judge(ParameterTries tries, EndpointContext context)
    {
        var deviations = new List<Deviation>();
        var notes = new List<string>();
        var fault = JudgeLimit(tries, context, deviations, notes) ?? JudgeStop(tries, context, deviations, notes);
        return fault ?? Finding.PassOrWarn($"{string.Join("; ", notes)}.", deviations);
    }

    private static Finding? JudgeLimit(ParameterTries tries, EndpointContext context, List<Deviation> deviations, List<string> notes)
    {
        if (ChatPolicy.IsRefused(tries.Limited))
        {
            notes.Add($"A limit of {tries.Limit} tokens could not be tried");
            deviations.Add(new(EndpointErrors.ParametersRefused, $"max_tokens {tries.Limit} is refused (status {tries.Limited.Last.Status}).{ServiceText.Of(tries.Limited.Last.Response!).Quoted}".TrimEnd('.')));
            return null;
        }

        var (fault, body) = ChatPolicy.Open(tries.Limited, context);
        if (fault is not null)
        {
            return fault;
        }

        var length = body!.Content?.Length ?? 0;
        var counted = body.Usage.Completion;
        // Some servers count the token that ends the answer.
        if (counted > tries.Limit + 1 || length > tries.Limit * MostCharactersPerToken)
        {
            return Finding.Of(EndpointErrors.LimitIgnored, string.Create(CultureInfo.InvariantCulture,
                $"max_tokens was {tries.Limit}, and the answer has {counted?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} tokens and {length} characters (finish reason {body.FinishReason ?? "missing"})."));
        }

        var isCut = body.FinishReason == "length";
        notes.Add(isCut ? $"max_tokens {tries.Limit} is kept ({Tokens(counted)}finish reason length)" : $"max_tokens {tries.Limit} is not exceeded ({Tokens(counted)}finish reason {body.FinishReason ?? "missing"})");
        if (counted >= tries.Limit && body.FinishReason == "stop")
        {
            deviations.Add(new(EndpointErrors.LimitNotTold, $"the answer ends exactly at the limit of {tries.Limit} tokens with the finish reason stop instead of length"));
        }

        return null;
    }

    private static Finding? JudgeStop(ParameterTries tries, EndpointContext context, List<Deviation> deviations, List<string> notes)
    {
        if (tries.Stopped is not { } stopped)
        {
            notes.Add("no time was left to try a stop sequence");
            return null;
        }

        if (ChatPolicy.IsRefused(stopped))
        {
            if (!tries.IsWarnedOf)
            {
                deviations.Add(new(EndpointErrors.ParametersRefused, $"values inside the specification's ranges are refused (status {stopped.Last.Status}).{ServiceText.Of(stopped.Last.Response!).Quoted}".TrimEnd('.')));
            }

            if (tries.StoppedAlone is not { } alone || ChatPolicy.IsRefused(alone))
            {
                notes.Add("a stop sequence could not be tried");
                return null;
            }

            stopped = alone;
        }
        else
        {
            notes.Add("temperature, top_p and both penalties are accepted");
        }

        var (fault, body) = ChatPolicy.Open(stopped, context);
        return fault ?? JudgeStopped(tries, body!, deviations, notes);
    }

    private static Finding? JudgeStopped(ParameterTries tries, ChatBody body, List<Deviation> deviations, List<string> notes)
    {
        if (body.Content?.Contains(tries.Stop, StringComparison.Ordinal) == true)
        {
            notes.Add("a stop sequence is accepted");
            deviations.Add(new(EndpointErrors.StopIgnored, $"the answer contains the stop sequence '{tries.Stop}': \"{JsonText.Shorten(body.Content, 60)}\""));
        }
        else
        {
            notes.Add($"the stop sequence '{tries.Stop}' is kept");
        }

        return null;
    }

    private static string Tokens(long? counted) => counted is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens, ") : "";
}
