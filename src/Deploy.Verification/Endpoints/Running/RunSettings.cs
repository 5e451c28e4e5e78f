using Deploy.Catalog;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>What all endpoints of a run share.</summary>
internal sealed record RunSettings(VerificationOptions Options, TimeProvider TimeProvider, ModelCatalog Models, IVerificationProgress? Progress);
