using System.Text.Json;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>Tells apart what is wrong with a file from what is wrong with the code that reads it.</summary>
internal static class DamagedState
{
    /// <summary>Reads; a value that is not of the documented kind, anywhere, is a fault of the state.</summary>
    /// <param name="what">What is read, as the subject of a sentence.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="DeployException">The state is damaged.</exception>
    public static T Refuse<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new DeployException(EngineErrors.StateInvalid.With($"{what} is damaged: {exception.Message}"), exception);
        }
    }
}
