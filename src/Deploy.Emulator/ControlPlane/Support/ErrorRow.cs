namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>One error of Azure that the local Azure answers with Azure's status, code and words.</summary>
/// <param name="Symptom">What happens, in a few words.</param>
/// <param name="Answer">Status and code.</param>
/// <param name="Cause">What brings it about here; for one without a cause in a local Azure, the fault rule.</param>
/// <param name="Source">Where Azure's answer is published.</param>
/// <param name="Test">The test class and method; of a theory also the case, after a colon.</param>
internal sealed record ErrorRow(string Symptom, string Answer, string Cause, string Source, string Test)
{
    /// <summary>Whether it comes of what the cloud holds or is asked; otherwise a rule has to ask for it.</summary>
    public bool IsBehaviour => !Cause.StartsWith(Rule, StringComparison.Ordinal);

    /// <summary>How the cause of a rule begins.</summary>
    public const string Rule = "rule ";
}
