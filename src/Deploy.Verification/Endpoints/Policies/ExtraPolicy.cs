using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>A request with an unknown parameter.</summary>
/// <param name="Option">Value of the header <c>extra-parameters</c>; null when it was left out.</param>
internal sealed record ExtraTry(string? Option, Exchange Exchange)
{
    public bool IsRefused => ChatPolicy.IsRefused(Exchange);

    public bool IsAccepted => Exchange.Last.Status == 200;

    public string Name => Option ?? "no header";
}

/// <summary>Judges <c>chat.extra</c>: what becomes of parameters that the specification does not know.</summary>
internal static class ExtraPolicy
{
    public const string Error = "error";
    public const string Drop = "drop";
    public const string PassThrough = "pass-through";

    /// <param name="tries">First the one without the header; the others as far as they were sent.</param>
    public static Finding Judge(IReadOnlyList<ExtraTry> tries, EndpointContext context)
    {
        // Neither accepted nor refused: something else is wrong, and has its own name.
        foreach (var item in tries.Where(item => !item.IsRefused))
        {
            if (ChatPolicy.Open(item.Exchange, context).Fault is { } fault)
            {
                return fault;
            }
        }

        return tries[0].IsRefused ? OfRefusing(tries) : OfAccepting(tries, context.Target.Compute);
    }

    private static Finding OfRefusing(IReadOnlyList<ExtraTry> tries)
    {
        var pass = tries.FirstOrDefault(item => item.Option == PassThrough);
        return WithDrop(tries, $"An unknown parameter is refused ({tries[0].Exchange.Last.Status}){(pass is null ? "" : $", with pass-through {(pass.IsAccepted ? "accepted" : $"refused by the model ({pass.Exchange.Last.Status})")}")}");
    }

    private static Finding OfAccepting(IReadOnlyList<ExtraTry> tries, ComputeKind compute)
    {
        var error = tries.FirstOrDefault(item => item.Option == Error);
        if (compute == ComputeKind.Managed)
        {
            return error is { IsRefused: true }
                ? WithDrop(tries, $"An unknown parameter goes to the model, as images of managed compute do by default, and is refused on request ({error.Exchange.Last.Status})")
                : Finding.Skip("By design: the image hands unknown parameters to the model and does not know the header extra-parameters.");
        }

        return Finding.Of(EndpointErrors.ExtraAccepted, error is { IsRefused: true }
            ? $"An unknown parameter is accepted without the header extra-parameters; by the specification it is refused unless the header allows it. With 'error' it is refused ({error.Exchange.Last.Status})."
            : "An unknown parameter is accepted without the header extra-parameters, and with 'error' as well; by the specification it is refused.");
    }

    private static Finding WithDrop(IReadOnlyList<ExtraTry> tries, string sentence) => tries.FirstOrDefault(item => item.Option == Drop) switch
    {
        null => Finding.Pass($"{sentence}."),
        { IsAccepted: true } => Finding.Pass($"{sentence}, and dropped on request."),
        var drop => Finding.PassOrWarn($"{sentence}.", [new(EndpointErrors.ExtraDropRefused, $"with 'drop' the request is refused as well (status {drop.Exchange.Last.Status}).{ServiceText.Of(drop.Exchange.Last.Response!).Quoted}".TrimEnd('.'))]),
    };
}
