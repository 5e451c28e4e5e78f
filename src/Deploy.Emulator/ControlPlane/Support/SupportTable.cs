namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>Everything the local Azure supports. <c>docs/emulator-support.md</c> is generated from it; a test says so when it is not.</summary>
internal static class SupportTable
{
    public static IReadOnlyList<SupportArea> Areas { get; } = [IdentitySupport.Area, SubscriptionSupport.Area, MachineLearningSupport.Area, ResourceSupport.Area, AccessSupport.Area, InferenceSupport.Area];
}
