namespace Pulumi;

/// <summary>An input or option that is missing or cannot be sent. Its message says which; where in this library it was noticed helps nobody.</summary>
internal sealed class InputException(string message) : InvalidOperationException(message)
{
}
