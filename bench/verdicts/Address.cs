using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>What a user of a rival would type.</summary>
internal static class Address
{
    /// <summary>How long a rival waits for one answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Uri Of(ScriptedServer server, Behaviour behaviour)
    {
        var uri = server.Add(behaviour.Script);
        return behaviour.GivenUri?.Invoke(uri) ?? uri;
    }
}
