namespace Deploy.Environments;

/// <summary>A place in a settings file; line and column count from 1.</summary>
/// <param name="File">As the user would type it: <c>stacks/Pulumi.dev.yaml</c>.</param>
public sealed record SourceMark(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
