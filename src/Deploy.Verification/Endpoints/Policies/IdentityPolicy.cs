using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges the model that an answer itself names. Services abbreviate at will, so only a name that is certainly another model's counts.</summary>
internal static class IdentityPolicy
{
    /// <summary>Whether another model answers than expected; null when the name does not show it.</summary>
    public static Finding? Fault(string? named, EndpointContext context) =>
        Differs(named, context) is { } expected && (ModelNames.IsForeign(named!, expected) || !context.InfoConfirms)
            ? Finding.Of(EndpointErrors.ModelDiffers, $"The answer names the model '{named}'; '{expected}' was expected.")
            : null;

    /// <summary>The same where <c>/info</c> says otherwise: two models of one family may go by each other's names.</summary>
    public static Deviation? Deviation(string? named, EndpointContext context) =>
        Differs(named, context) is not null && Fault(named, context) is null
            ? new(EndpointErrors.NamesDiffer, $"the answer names the model '{named}', and /info the expected one")
            : null;

    private static string? Differs(string? named, EndpointContext context) =>
        named is not null && context.Target.Model?.Value is { } expected && !ModelNames.AreSame(named, expected)
        && (ModelNames.IsForeign(named, expected) || context.KnownModels.Any(known => ModelNames.AreSame(named, known)))
            ? expected
            : null;
}
