namespace Deploy.Core;

/// <summary>An expected fault, as a value: a stable code, what is wrong, what to do, and whether waiting helps.</summary>
public sealed record DeployError
{
    public required ErrorDefinition Definition { get; init; }

    /// <summary>What is wrong, with numbers, and what was needed.</summary>
    public required string Message { get; init; }

    /// <summary>The one thing to try first; null when there is nothing better than the message.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Raw text of the service, shown last; null when there is none.</summary>
    public string? Detail { get; init; }

    public string? CorrelationId { get; init; }

    public string Code => Definition.Code;

    public string Help => Definition.Help;

    public bool Retryable => Definition.Retryable;

    public ExitCode ExitCode => Definition.ExitCode;

    public override string ToString() => $"{Code}: {Message}";
}
