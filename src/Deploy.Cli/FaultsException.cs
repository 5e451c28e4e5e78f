using Deploy.Core;

namespace Deploy.Cli;

/// <summary>Several faults that were found together, such as everything that is wrong with a settings file.</summary>
internal sealed class FaultsException(IReadOnlyList<DeployError> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<DeployError> Faults { get; } = faults;
}
