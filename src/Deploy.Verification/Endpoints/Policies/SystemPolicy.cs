using System.Globalization;
using Deploy.Catalog;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Prompt tokens as a service counted them; null for what it did not count.</summary>
/// <param name="Plain">Of the question of <c>chat.basic</c>.</param>
/// <param name="Longer">Of a question that is longer by twenty words.</param>
/// <param name="WithSystem">Of a question like the first, with a system message before it.</param>
internal sealed record PromptCounts(long? Plain, long? Longer, long? WithSystem)
{
    // Numbers differ by a token or two, a system message is twenty.
    private const long Slack = 4;

    /// <summary>
    /// Whether the system message is missing in what the model read: its tokens are not counted by a service that counts. One that reports the same number for
    /// every prompt tells nothing.
    /// </summary>
    public bool ShowDroppedMessage => Plain is { } plain && Longer > plain + Slack && WithSystem <= plain + Slack;
}

/// <summary>Judges <c>chat.system</c>.</summary>
internal static class SystemPolicy
{
    public static Finding Judge(IReadOnlyList<ChatTry> tries, PromptCounts counts, EndpointContext context)
    {
        if (ChatPolicy.IsRefused(tries[^1].Exchange))
        {
            return OfRefusal(tries[^1].Exchange, context);
        }

        var finding = AnswerPolicy.Judge(tries, item => Read(item, context), $"{Accepted(context.SystemRole)}, and the sum is right");
        return counts.ShowDroppedMessage && finding.Definition is null
            ? Finding.PassOrWarn(finding.Message, [new(EndpointErrors.SystemDropped, string.Create(CultureInfo.InvariantCulture, $"its tokens are not counted: {counts.WithSystem} with it, {counts.Plain} without"))])
            : finding;
    }

    /// <summary>As in <c>chat.basic</c>, where what is tolerated about answers has been said.</summary>
    public static ChatReading Read(ChatTry item, EndpointContext context) => ChatPolicy.Read(item, context) with { Deviations = [] };

    private static Finding OfRefusal(Exchange exchange, EndpointContext context)
    {
        var said = $"A system message is refused (status {exchange.Last.Status}).{ServiceText.Of(exchange.Last.Response!).Quoted}";
        return context.SystemRole switch
        {
            SystemRole.Native => Finding.Of(EndpointErrors.SystemRefused, $"{said} The model was trained on them."),
            SystemRole.Rewritten when context.Target.Compute == ComputeKind.Serverless => Finding.Of(EndpointErrors.SystemRefused, $"{said} Serverless endpoints rewrite them for this model."),
            SystemRole.Rewritten => Finding.Of(EndpointErrors.SystemUnsupported, $"{said} The model was not trained on them, and its image does not rewrite them."),
            _ => Finding.Of(EndpointErrors.SystemUnsupported, $"{said} Whether the model was trained on them is not known."),
        };
    }

    private static string Accepted(SystemRole role) => role switch
    {
        SystemRole.Native => "A system message is accepted, as the model was trained on",
        SystemRole.Rewritten => "A system message is accepted and handed to the model as a user message",
        _ => "A system message is accepted",
    };
}
