namespace Deploy.Engine.Events;

/// <summary>What a step does, in the official vocabulary; <see cref="StepOps.Text"/> gives the official words.</summary>
public enum StepOp
{
    Same,
    Create,
    Update,
    Delete,

    /// <summary>A marker that stands for a replacement as a whole; nothing is called.</summary>
    Replace,
    CreateReplacement,
    DeleteReplaced,
    Read,
    Refresh,
    Discard,
    DiscardReplaced,
    RemovePendingReplace,
    Import,
}

public static class StepOps
{
    /// <summary>The official word, such as <c>create-replacement</c>.</summary>
    public static string Text(this StepOp op) => op switch
    {
        StepOp.Same => "same",
        StepOp.Create => "create",
        StepOp.Update => "update",
        StepOp.Delete => "delete",
        StepOp.Replace => "replace",
        StepOp.CreateReplacement => "create-replacement",
        StepOp.DeleteReplaced => "delete-replaced",
        StepOp.Read => "read",
        StepOp.Refresh => "refresh",
        StepOp.Discard => "discard",
        StepOp.DiscardReplaced => "discard-replaced",
        StepOp.RemovePendingReplace => "remove-pending-replace",
        StepOp.Import => "import",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not a step"),
    };
}
