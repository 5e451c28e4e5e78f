namespace Pulumi;

/// <summary>A failure of the program whose message says everything; no stack trace is shown.</summary>
public class RunException : Exception
{
    /// <summary>With what went wrong.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>With what went wrong and why.</summary>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A failure that belongs to a resource.</summary>
public class ResourceException : Exception
{
    /// <summary>With what went wrong.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="resource">The resource; null when there is none yet.</param>
    /// <param name="hideStack">Show the message only.</param>
    public ResourceException(string message, Resource? resource, bool hideStack = false)
        : base(message) => (Resource, HideStack) = (resource, hideStack);

    internal ResourceException(string message, Resource? resource, Exception inner, bool hideStack)
        : base(message, inner) => (Resource, HideStack) = (resource, hideStack);

    internal Resource? Resource { get; }

    internal bool HideStack { get; }
}

/// <summary>A provider function could not be called, or refused its arguments.</summary>
public sealed class InvokeException : Exception
{
    /// <summary>With the function and what it said.</summary>
    public InvokeException(string message)
        : base(message)
    {
    }

    /// <summary>With the function, what was wrong, and why.</summary>
    public InvokeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A message could not be delivered to the engine.</summary>
/// <param name="exception">Why.</param>
public class LogException(Exception exception) : Exception("The engine could not be told: " + exception?.Message, exception)
{
}
