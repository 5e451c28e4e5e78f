namespace Deploy.Core;

/// <summary>One entry of the error registry: everything about an error that does not depend on the occasion.</summary>
/// <param name="Code">Stable code, <c>DEP</c> and four digits.</param>
/// <param name="Title">What is wrong, without numbers or names: the heading in <c>docs/errors.md</c>.</param>
/// <param name="Suggestion">The one thing to try first, when it does not depend on the occasion.</param>
/// <param name="ExitCode">The exit code of a command that ends with this error.</param>
/// <param name="Retryable">Whether the same command can succeed later without any change.</param>
public sealed record ErrorDefinition(string Code, string Title, string? Suggestion, ExitCode ExitCode, bool Retryable = false)
{
    /// <summary>Where the error is explained, relative to the repository.</summary>
    public string Help => $"docs/errors.md#{Code.ToLowerInvariant()}";

    /// <summary>Makes the error value of one occasion.</summary>
    /// <param name="message">What is wrong, with the names and numbers of this occasion, and what was needed.</param>
    /// <param name="suggestion">Replaces the general suggestion when the occasion allows a better one.</param>
    /// <param name="detail">Raw text of a service or program; shown last.</param>
    /// <param name="correlationId">The id a support request would need.</param>
    public DeployError With(string message, string? suggestion = null, string? detail = null, string? correlationId = null) => new()
    {
        Definition = this,
        Message = message,
        Suggestion = suggestion ?? Suggestion,
        Detail = detail,
        CorrelationId = correlationId,
    };
}
