using Deploy.Core;

namespace Deploy.Verification.Quota;

/// <summary>Errors of quota, 5001 to 5099. They inform; quota alone never changes an exit code.</summary>
public static class QuotaErrors
{
    public static readonly ErrorDefinition Insufficient = new(
        "DEP5001",
        "The quota does not suffice",
        "Ask for more quota in the Azure portal (Azure Machine Learning, Quota), or choose a smaller VM size or another region.",
        ExitCode.ResourceOperation);

    public static readonly ErrorDefinition Unverified = new(
        "DEP5002",
        "The quota could not be read",
        "Give the identity the role Reader on the subscription, then run './deploy quota'.",
        ExitCode.ResourceOperation,
        Retryable: true);
}
