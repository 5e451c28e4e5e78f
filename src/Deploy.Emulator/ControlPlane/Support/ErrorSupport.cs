namespace Deploy.Emulator.ControlPlane.Support;

/// <summary>Every error of Azure that is published and concerns hubs, projects and Phi endpoints, with what brings it about here and the test that does.</summary>
internal static class ErrorSupport
{
    private const string Cases = "DocumentedErrorTests.Symptom_Provoked_AnswersAsAzureDoes:";
    private const string Starts = "DeploymentErrorTests.Deployment_CannotStart_EndsItsOperationAsAzureDoes:";
    private const string Rules = "DeploymentErrorTests.Deployment_FailureByRule_HasAzuresWords:";
    private const string Inference = "DocumentedInferenceErrorTests.";
    private const string Reference = "REST reference of the model inference API";
    private const string Guide = "Troubleshoot online endpoint deployment";

    public static IReadOnlyList<(string Title, IReadOnlyList<ErrorRow> Rows)> Areas { get; } =
    [
        ("Inference",
        [
            new("Extra parameter", "400 `detail`", "a parameter that is none, with `extra-parameters` absent or `error`", "langchain-ai/langchain 29679", Inference + "ExtraParameter_HeaderAbsentOrError_400WithDetail"),
            new("Unknown option of `extra-parameters`", "400 `detail`", "the header", "Portkey-AI/gateway 534", Inference + "ExtraParameter_OptionUnknown_400ListsTheOptions"),
            new("Content filter, nested", "400 `content_filter`", "a filtered phrase to a Phi-3 model", "how-to of Phi-3", Inference + "ContentFilter_PhiThreeHowTo_400WithNestedError"),
            new("Content filter, flat", "400 `content_filter`", "a filtered phrase to another model", Reference, Inference + "ContentFilter_Reference_400Flat"),
            new("Wrong key or token", "401", "the request", Reference, Inference + "Unauthorized_KeyWrong_401"),
            new("Wrong token at a Foundry resource", "401 `statusCode`", "rule `status` with a body: there is no such host here", "Azure/azure-sdk-for-python 40260, danny-avila/LibreChat 4767", Inference + "Unauthorized_FoundryHostByRule_401InItsShape"),
            new("Modality not of the model", "404", "the route", Reference, Inference + "Modality_NotOfTheModel_404"),
            new("Wrong path", "404 `NOT FOUND`", "the path", "guidance-ai/guidance 1074", Inference + "Path_WrongOnServerless_404PlainText"),
            new("Retired model", "404", "the date, with `--lifecycle real`", "Model lifecycle and retirement", Inference + "Model_Retired_404"),
            new("GitHub Models", "404 `unknown_model`", "rule `status` with a body: it is another service", "microsoft/Generative-AI-for-beginners-dotnet 302", Inference + "UnknownModel_GitHubModelsByRule_404"),
            new("Parameter not supported", "422 `parameter_not_supported`", "the parameter", Reference, Inference + "Parameter_NotSupported_422WithPlaceAndInput"),
            new("Several parameters not supported", "422, `detail` as a list", "rule `status` with a body: when Azure does so is not published", Reference, Inference + "Parameter_DetailAsListByRule_422"),
            new("Invalid input to the managed image", "422 `Invalid input`", "the parameter", "Azure/azureml-assets, foundation model inference", Inference + "Parameter_InvalidOnManagedImage_422InvalidInput"),
            new("Rate limit", "429, `Retry-After`", "the tokens of the last minute", Reference, Inference + "RateLimit_UsedUp_429WithRetryAfter"),
            new("No deployment with traffic", "404", "the traffic", Guide, Inference + "Managed_NoPositiveTraffic_404"),
            new("Request timeout", "408", "`requestSettings.requestTimeout` and the model", Guide, Inference + "Managed_RequestTimeout_408"),
            new("Container not ready", "424", "the state of the deployment", Guide, Inference + "Managed_ContainerNotReady_424WithModelStatus"),
            new("Container answers an error", "424", "the answer of `--upstream`", Guide, Inference + "Managed_ContainerAnswersError_424WithItsStatus"),
            new("429 under light load", "429", "more than twice the concurrency of all instances, one each by default", "microsoft/PhiCookBook 236", Inference + "Managed_TooManyPending_429"),
        ]),
        ("Serverless endpoints and AI Services",
        [
            new("Model not in region", "400 `UserError`", "model and location", "Azure/terraform-provider-azapi 662", Cases + "Model not in region"),
            new("Serverless name taken", "400 `UserError`", "another endpoint of the region", "Azure-Samples/azureai-foundry-finetuning-raft 45", Cases + "Serverless name taken"),
            new("Retired model in an account", "400 `ServiceModelDeprecated`", "the date, with `--lifecycle real`", "Azure-Samples/Azure-Functions-OpenAI-Demo 30", Cases + "Retired model in an AI Services account"),
            new("Deprecated model in an account", "400 `ServiceModelDeprecating`", "the date, with `--lifecycle real`, unless the subscription has a deployment of it", "microsoft/microsoft-foundry-for-vscode 557", Cases + "Deprecated model in an AI Services account"),
            new("Unknown model in an account", "400 `DeploymentModelNotSupported`", "name, version and format against the catalog", "microsoft/microsoft-foundry-for-vscode 497", Cases + "Unknown model in an AI Services account"),
            new("No version of a deprecated model in an account", "400 `DeploymentModelNotSupported`", "the date, with `--lifecycle real`", "akshata29/entaoai 30", Cases + "No version of a deprecated model"),
            new("Tokens of an account used up", "400 `InsufficientQuota`", "`models` in `quota.json` and the deployments of the location", "Azure-Samples/azure-search-openai-demo 2091, microsoft/PubSec-Info-Assistant 880", Cases + "Quota of an AI Services account"),
        ]),
        ("Online endpoints",
        [
            new("Out of quota on create", "400 `BadRequest`, `InferencingClientCreateDeploymentFailed`", "cores, usage, reserve", "MicrosoftLearning/mslearn-azure-ml 30", Cases + "Out of quota on create"),
            new("Out of quota: endpoints", "400 `OutOfQuota`", "endpoints of the region", Guide, Cases + "Out of quota: endpoints of the region"),
            new("Out of quota: deployments of a region", "400 `OutOfQuota`", "deployments of the region", "Manage quotas", Cases + "Out of quota: deployments of the region"),
            new("Out of quota: deployments of an endpoint", "400 `OutOfQuota`", "deployments of the endpoint", "Manage quotas", Cases + "Out of quota: deployments of an endpoint"),
            new("Out of quota: role assignments", "`OutOfQuota`", "role assignments of the subscription", Guide, "DeploymentErrorTests.Endpoint_NoRoleAssignmentLeft_IsOutOfQuota"),
            new("Out of quota: memory, disk, cluster, capacity", "`OutOfQuota`", "rule `operation-failure` with `OutOfQuota/memory`, `/disk`, `/cluster`, `/capacity`", Guide, Rules + "OutOfQuota/memory"),
            new("Image build, registry out of reach", "`ImageBuildFailure`", "an environment to be built, a private registry, no build compute", Guide, Starts + "ImageBuildFailure"),
            new("Image build fails otherwise", "`ImageBuildFailure`", "rule `operation-failure` with `ImageBuildFailure`, `/authorization`, `/timeout`", Guide, Rules + "ImageBuildFailure"),
            new("Identity without its roles", "`BadArgument`", "role assignments, with `--rbac`", Guide, "DeploymentErrorTests.Deployment_UserIdentityWithoutRoles_IsBadArgument"),
            new("No such image", "`BadArgument`", "the environment and the registries there are", Guide, Starts + "BadArgument, image"),
            new("No such model in the workspace", "`BadArgument`", "the model id", Guide, Starts + "BadArgument, model"),
            new("Policy with a wrong template function", "`BadArgument`", "rule `operation-failure` with `BadArgument/template`: policies are stored and not evaluated", Guide, Rules + "BadArgument/template"),
            new("Container crashes", "`ResourceNotReady`", "rule `operation-failure` with `ResourceNotReady`, `/liveness`: there are no containers", Guide + "; Azure/mlops-v2 120", Rules + "ResourceNotReady"),
            new("Something is gone", "`ResourceNotFound`", "storage, vault, registry, environment or code of the deployment", Guide, Starts + "ResourceNotFound, storage"),
            new("Registry private", "`ResourceNotFound`", "the registry, and the roles of the identity", Guide, Starts + "ResourceNotFound, registry"),
            new("Managed network not provisioned", "`WorkspaceManagedNetworkNotReady`", "isolation mode and state of the network", Guide, Starts + "WorkspaceManagedNetworkNotReady"),
            new("Cancelled by a deletion", "`OperationCanceled`", "deletion of the endpoint meanwhile", Guide, "DeploymentErrorTests.Deployment_EndpointDeletedMeanwhile_IsCanceled"),
            new("Cancelled waiting for a lock", "`OperationCanceled`", "rule `operation-failure` with `OperationCanceled/lock`", Guide, Rules + "OperationCanceled/lock"),
            new("Secret cannot be read", "`SecretsInjectionError`", "references, connections, vaults; with `--rbac` roles", Guide, Starts + "SecretsInjectionError, connection"),
            new("Azure fails", "`InternalServerError`", "rule `operation-failure` with `InternalServerError`", Guide, Rules + "InternalServerError"),
            new("Model not in the registry", "400 `ModelRegistryError`", "model and version against the catalog", Guide, Cases + "Model not in the registry"),
            new("Registry not in region", "`ModelRegistryError`", "registry and location", "huggingface/Microsoft-Azure 63", Starts + "Registry not in region"),
            new("Deployment right after endpoint success", "409 `Conflict`", "the operation of the endpoint", "Azure/azure-sdk-for-net 36961", Cases + "Deployment right after endpoint success"),
            new("Online endpoint name taken", "400 `BadRequest`", "another endpoint of the region", "Azure/mlops-project-template 29", Cases + "Online endpoint name taken"),
            new("Concurrent operation", "409 `Conflict`", "the operation of the resource", Guide, Cases + "Concurrent operation"),
            new("Provider not registered", "400 `SubscriptionNotRegistered`", "the registrations", "MicrosoftLearning/mslearn-azure-ml 106", Cases + "Provider not registered"),
            new("Slow creation", "in progress for an hour and more", "`--operation-delay`, or rule `operation-stall`", "Azure/azureml-examples 903", "DeploymentErrorTests.Deployment_SlowAsReported_StaysInProgress"),
        ]),
        ("Names, deletion, roles",
        [
            new("Vault name soft-deleted", "409 `ConflictError`", "the deleted vaults", "Azure-Samples/contoso-chat 55", Cases + "Vault name soft-deleted"),
            new("Vault protected from purging", "403", "the deleted vault", "Key Vault soft delete", "SoftDeleteTests.Vault_Recovered_HasItsPropertiesAgain_ProtectedOnesAreNotPurged"),
            new("Vault name live elsewhere", "409 `VaultAlreadyExists`", "the vaults", "alan-turing-institute/data-safe-haven 2523", Cases + "Vault name live elsewhere"),
            new("AI Services soft-deleted", "409 `FlagMustBeSetForRestore`", "the deleted accounts", "Azure/azure-cli 18146", Cases + "AI Services soft-deleted"),
            new("Purge without the right at the subscription", "403 `AuthorizationFailed`", "role assignments, with `--rbac`", "Azure-Samples/microsoft-foundry-basic 17", "DeploymentErrorTests.Purge_RightOnTheGroupOnly_IsRefused"),
            new("Workspace soft-deleted", "400 `BadRequest`", "the deleted workspaces", "Azure/ResourceModules 3596", Cases + "Workspace soft-deleted"),
            new("Log Analytics name", "409 `Conflict`", "the deleted workspaces", "Azure/azure-quickstart-templates 5284", Cases + "Log Analytics name"),
            new("Hub deletion outlives its client", "in progress", "`--operation-delay`", "Azure/terraform-provider-azapi 731", "DocumentedErrorTests.HubDeletion_LongerThanTheClientWaits_GoesOnWithoutIt"),
            new("Role assignment too early", "400 `PrincipalNotFound`", "the age of the principal", "Azure/avdaccelerator 99", Cases + "Role assignment too early"),
            new("Role assignment duplicate", "409 `RoleAssignmentExists`", "the assignments", "Azure/bicep 11367", Cases + "Role assignment duplicate"),
            new("Role assignments used up", "400 `RoleAssignmentLimitExceeded`", "role assignments of the subscription", "Troubleshoot Azure RBAC limits", "DeploymentErrorTests.Endpoint_NoRoleAssignmentLeft_IsOutOfQuota"),
            new("Role assignment GUID reused for new principal", "400 `RoleAssignmentUpdateNotPermitted`", "the assignment", "MicrosoftDocs/azure-docs 85310", Cases + "Role assignment GUID reused for new principal"),
        ]),
    ];
}
