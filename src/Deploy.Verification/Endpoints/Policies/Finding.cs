using Deploy.Core;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>What a policy concludes from facts.</summary>
internal sealed record Finding
{
    private Finding(CheckStatus status, ErrorDefinition? definition, string message, string? suggestion)
    {
        Status = status;
        Definition = definition;
        Message = message;
        Suggestion = suggestion;
    }

    public CheckStatus Status { get; }

    public ErrorDefinition? Definition { get; }

    public string Message { get; }

    public string? Suggestion { get; }

    public static Finding Pass(string message) => new(CheckStatus.Pass, null, message, null);

    public static Finding Skip(string reason) => new(CheckStatus.Skip, null, reason, null);

    /// <summary>A finding with the status that its cause implies: fail, inconclusive or warn.</summary>
    public static Finding Of(ErrorDefinition cause, string message, string? suggestion = null) =>
        new(StatusOf(cause), cause, message, suggestion ?? cause.Suggestion);

    /// <summary>Tolerated deviations together; the first gives code and suggestion. A pass when there is none.</summary>
    public static Finding PassOrWarn(string message, IReadOnlyList<Deviation> deviations) => deviations.Count == 0
        ? Pass(message)
        : Of(deviations[0].Cause, $"{message} But {string.Join("; ", deviations.Select(deviation => deviation.Text))}.");

    /// <summary>The same verdict with a sentence more.</summary>
    public Finding Append(string sentence) => new(Status, Definition, $"{Message} {sentence}", Suggestion);

    private static CheckStatus StatusOf(ErrorDefinition cause) => cause.ExitCode switch
    {
        ExitCode.VerificationFailed => CheckStatus.Fail,
        ExitCode.VerificationInconclusive => CheckStatus.Inconclusive,
        _ => CheckStatus.Warn,
    };
}

/// <summary>Something that was tolerated.</summary>
/// <param name="Cause">Its cause, of status warn.</param>
/// <param name="Text">What was seen, as a clause.</param>
internal sealed record Deviation(ErrorDefinition Cause, string Text);
