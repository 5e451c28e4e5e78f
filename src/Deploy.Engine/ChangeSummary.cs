namespace Deploy.Engine;

/// <summary>How many resources a run changes, counted as Pulumi does: the stack and components count, default providers do not.</summary>
public sealed record ChangeSummary
{
    public static ChangeSummary None { get; } = new();

    public int Create { get; init; }

    public int Update { get; init; }

    public int Replace { get; init; }

    public int Delete { get; init; }

    public int Same { get; init; }

    /// <summary>Resources that are read and not managed.</summary>
    public int Read { get; init; }

    public bool HasChanges => Create + Update + Replace + Delete > 0;
}
