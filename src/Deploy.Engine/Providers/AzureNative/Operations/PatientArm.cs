using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>
/// Long-running requests that survive what passes by itself: another operation on the same resource, a principal that the directory does not show yet,
/// a resource provider that is not registered.
/// </summary>
internal sealed class PatientArm(IArmClient client, AzureNativeProviderOptions options, TimeProvider timeProvider)
{
    private const string ProvidersApiVersion = "2021-04-01";

    private static readonly string[] PassingCodes =
    [
        "AnotherOperationInProgress", "OperationInProgress", "ConflictingConcurrentWriteNotAllowed", "StorageAccountOperationInProgress", "ResourceGroupBeingDeleted", "ResourceBeingDeleted",
        "ParentResourceBusy", "ConcurrentOperationInProgress", "PrincipalNotFound",
    ];

    private static readonly string[] PassingTexts =
    [
        "in Updating provisioning state", "in Creating provisioning state", "in Deleting provisioning state", "in transitioning state", "another operation is in progress",
        "another operation is being performed", "operation in progress",
    ];

    public IArmClient Client => client;

    public async Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions operation, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var delay = options.ConflictDelay;
        var isRegistered = false;
        while (true)
        {
            var result = await client.RunAsync(request, operation, cancellationToken);
            if (result.Status != ArmOperationStatus.Rejected || result.Error is not { } error)
            {
                return result;
            }

            if (error.Has("MissingSubscriptionRegistration") && !isRegistered && Namespace(request.Path) is { } name)
            {
                await RegisterAsync(name, cancellationToken);
                isRegistered = true;
                continue;
            }

            if (!IsPassing(result.Response.Status, error) || timeProvider.GetElapsedTime(started) + delay > options.ConflictPatience)
            {
                return result;
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
            delay = delay * 2 > options.MaxConflictDelay ? options.MaxConflictDelay : delay * 2;
        }
    }

    private static bool IsPassing(int status, ArmError error) =>
        status is 400 or 409 or 412 && (error.Has(PassingCodes) || PassingTexts.Any(text => error.Message.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private async Task RegisterAsync(string name, CancellationToken cancellationToken)
    {
        var path = $"/subscriptions/{client.Session.SubscriptionId}/providers/{name}";
        var response = await client.SendAsync(ArmRequest.Post($"{path}/register", ProvidersApiVersion), cancellationToken);
        var started = timeProvider.GetTimestamp();
        var delay = options.ConflictDelay;
        while (true)
        {
            if (!response.IsSuccess)
            {
                throw new DeployException(response.ToDeployError($"register resource provider '{name}'"));
            }

            if ((response.Body as JsonObject)?["registrationState"]?.ToString() == "Registered")
            {
                return;
            }

            if (timeProvider.GetElapsedTime(started) > options.ConflictPatience)
            {
                throw new DeployException(AzureNativeErrors.RegistrationTimedOut.With($"'{name}' was not registered after {options.ConflictPatience.TotalMinutes:0} minutes."));
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
            delay = delay * 2 > options.MaxConflictDelay ? options.MaxConflictDelay : delay * 2;
            response = await client.SendAsync(ArmRequest.Get(path, ProvidersApiVersion), cancellationToken);
        }
    }

    private static string? Namespace(string path)
    {
        var start = path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : path[(start + "/providers/".Length)..].Split('/')[0];
    }
}
