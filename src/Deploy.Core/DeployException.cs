namespace Deploy.Core;

/// <summary>Carries a <see cref="DeployError"/> across a module border where a result value cannot.</summary>
public sealed class DeployException : Exception
{
    public DeployException(DeployError error)
        : this(error, null)
    {
    }

    public DeployException(DeployError error, Exception? innerException)
        : base(error.ToString(), innerException) => Error = error;

    public DeployError Error { get; }
}
