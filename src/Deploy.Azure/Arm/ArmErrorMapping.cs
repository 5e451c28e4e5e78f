using Deploy.Core;

namespace Deploy.Azure.Arm;

/// <summary>Turns answers of the control plane into errors with stable codes.</summary>
public static class ArmErrorMapping
{
    /// <summary>The error of an unsuccessful answer.</summary>
    /// <param name="what">What was attempted, such as <c>create workspace 'hub-1'</c>; begins the message.</param>
    public static DeployError ToDeployError(this ArmResponse response, string what)
    {
        var error = response.Error ?? throw new InvalidOperationException($"'{response.Subject}' succeeded with {response.Status}.");
        return Definition(response.Status, error).With(
            $"{what}: {error.Code} (HTTP {response.Status}): {error.Message}", detail: Detail(error), correlationId: response.CorrelationId ?? response.RequestId);
    }

    /// <summary>The error of an unsuccessful operation.</summary>
    public static DeployError ToDeployError(this ArmOperationResult result, string what)
    {
        var error = result.Error ?? throw new InvalidOperationException($"'{result.Response.Subject}' succeeded.");
        var definition = result.Status switch
        {
            ArmOperationStatus.TimedOut => AzureErrors.OperationTimedOut,
            ArmOperationStatus.Canceled => AzureErrors.OperationCanceled,
            ArmOperationStatus.Rejected => Definition(result.Response.Status, error),
            _ => ByCode(error) ?? AzureErrors.OperationFailed,
        };
        return definition.With($"{what}: {error.Code}: {error.Message}", detail: Detail(error), correlationId: result.Response.CorrelationId ?? result.Response.RequestId);
    }

    private static ErrorDefinition Definition(int status, ArmError error) => ByCode(error) ?? status switch
    {
        401 => AzureErrors.Unauthorized,
        403 => AzureErrors.Forbidden,
        404 => AzureErrors.NotFound,
        409 or 412 => AzureErrors.Conflict,
        408 or 429 => AzureErrors.Throttled,
        >= 500 => AzureErrors.ServiceFault,
        _ => AzureErrors.Rejected,
    };

    private static ErrorDefinition? ByCode(ArmError error)
    {
        if (error.Has("QuotaExceeded", "OutOfQuota", "InsufficientQuota", "OutOfCapacity"))
        {
            return AzureErrors.QuotaExceeded;
        }

        return error.Has("FlagMustBeSetForRestore", "VaultAlreadyExists", "StorageAccountAlreadyTaken", "AlreadyInUse") ? AzureErrors.NameUnavailable : null;
    }

    private static string? Detail(ArmError error) =>
        error.Details.Count == 0 ? null : string.Join('\n', error.Details.Select(d => $"{d.Code}: {d.Message}"));
}
