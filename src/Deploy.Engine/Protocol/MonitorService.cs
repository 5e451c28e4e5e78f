using System.Collections.Concurrent;
using Deploy.Core;
using Deploy.Engine.Execution;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>The service that a program registers its resources with.</summary>
internal sealed class MonitorService(MonitorContext context) : ResourceMonitor.ResourceMonitorBase
{
    private static readonly Empty Nothing = new();

    private readonly ConcurrentDictionary<string, (string Version, string Url)> _packages = new(StringComparer.Ordinal);
    private readonly RegistrationReader _reader = new(context.Values);
    private readonly BuiltinFunctions _builtins = new(context);

    public override Task<SupportsFeatureResponse> SupportsFeature(SupportsFeatureRequest request, ServerCallContext call) =>
        Task.FromResult(new SupportsFeatureResponse { HasSupport = MonitorFeatures.Has(request.Id) });

    public override Task<DeploymentInfo> GetDeploymentInfo(Empty request, ServerCallContext call)
    {
        var settings = context.Settings;
        var info = new DeploymentInfo
        {
            Project = settings.Project,
            Stack = settings.Stack,
            Organization = context.Organization,
            DryRun = settings.Preview,
            Parallel = context.Parallel,
        };
        info.Config.Add(settings.Config.Values.ToDictionary());
        info.ConfigSecretKeys.AddRange(settings.Config.SecretKeys);
        info.SupportedFeatures.AddRange(MonitorFeatures.All);
        return Task.FromResult(info);
    }

    public override Task<RegisterResourceResponse> RegisterResource(RegisterResourceRequest request, ServerCallContext call) => GuardAsync(async () =>
    {
        await context.Transforms.ApplyAsync(request, context.Abort);
        var state = await context.Resources.RegisterAsync(_reader.Read(request, PackageOf(request.PackageRef, request.Version, request.PluginDownloadURL)), context.Abort)
            ?? throw Ending();
        context.Transforms.Remember(state.Urn.Value, request);
        var response = new RegisterResourceResponse { Urn = state.Urn.Value, Id = state.Id, Object = new() };
        if (context.Resources.IsSkipped(state.Urn))
        {
            response.Result = request.SupportsResultReporting ? Result.Skip : throw Unsupported("leaving out a resource whose program does not understand it");
        }
        else if (state.Custom)
        {
            // A program that does not know partly known values takes an unknown inside one for a text.
            var outputs = request.SupportsPartialValues ? state.Outputs : state.Outputs.Where((_, value) => !value.ContainsUnknowns);
            response.Object = WireValues.WriteMap(outputs, request.AcceptSecrets, request.AcceptResources);
        }

        return response;
    });

    public override Task<Empty> RegisterResourceOutputs(RegisterResourceOutputsRequest request, ServerCallContext call) => GuardAsync(async () =>
    {
        await context.Resources.RegisterOutputsAsync(Urn.Parse(request.Urn), context.Values.ReadMap(request.Outputs));
        return Nothing;
    });

    public override Task<ReadResourceResponse> ReadResource(ReadResourceRequest request, ServerCallContext call) => GuardAsync(async () =>
    {
        var id = ValueSignatures.IsUnknown(request.Id) ? "" : request.Id;
        var registration = _reader.Read(request, PackageOf(request.PackageRef, request.Version, request.PluginDownloadURL));
        var read = request.Type == BuiltinFunctions.StackReferenceType
            ? _builtins.ReadStackReferenceAsync(registration, id, context.Abort)
            : context.Resources.ReadAsync(registration, id, context.Abort);
        var state = await read ?? throw Ending();
        return new ReadResourceResponse { Urn = state.Urn.Value, Properties = WireValues.WriteMap(state.Outputs, request.AcceptSecrets, request.AcceptResources) };
    });

    public override Task<Pulumirpc.InvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext call) => GuardAsync(async () =>
    {
        await context.Transforms.ApplyAsync(request, context.Abort);
        var args = context.Values.ReadMap(request.Args);
        if (_builtins.Find(request.Tok) is { } builtin)
        {
            return new() { Return = WireValues.WriteMap(builtin(args), keepSecrets: true, request.AcceptResources) };
        }

        if (args.ContainsUnknowns)
        {
            return new() { Return = new(), Unknown = true };
        }

        var (version, url) = PackageOf(request.PackageRef, request.Version, request.PluginDownloadURL);
        var provider = await context.Resources.ProviderAsync(request.Tok, request.Provider, version, url, context.Abort);
        var answer = await provider.InvokeAsync(request.Tok, args, context.Abort);
        if (answer is null)
        {
            return new() { Return = new(), Unknown = true };
        }

        var response = new Pulumirpc.InvokeResponse { Return = WireValues.WriteMap(answer.Return, keepSecrets: true, request.AcceptResources) };
        response.Failures.AddRange(answer.Failures.Select(failure => new CheckFailure { Property = failure.Property, Reason = failure.Reason }));
        return response;
    });

    public override Task<RegisterPackageResponse> RegisterPackage(RegisterPackageRequest request, ServerCallContext call) => GuardAsync(() =>
    {
        if (request.Parameterization is not null)
        {
            throw new DeployException(EngineErrors.InvalidRegistration.With(
                $"the package '{request.Parameterization.Name}' is a parameterization of '{request.Name}', which the embedded engine does not support"));
        }

        var reference = Guid.NewGuid().ToString();
        _packages[reference] = (request.Version, request.DownloadUrl);
        return Task.FromResult(new RegisterPackageResponse { Ref = reference });
    });

    public override Task<CallResponse> Call(ResourceCallRequest request, ServerCallContext call) =>
        throw Unsupported($"calling the method '{request.Tok}' of a component provider");

    public override Task<Empty> RegisterStackTransform(Callback request, ServerCallContext call)
    {
        context.Transforms.AddToStack(request);
        return Task.FromResult(Nothing);
    }

    public override Task<Empty> RegisterStackInvokeTransform(Callback request, ServerCallContext call)
    {
        context.Transforms.AddToInvokes(request);
        return Task.FromResult(Nothing);
    }

    public override Task<Empty> RegisterResourceHook(RegisterResourceHookRequest request, ServerCallContext call) => throw Unsupported("resource hooks");

    /// <summary>The functions that we call back belong to calls of the program, so when it ends, none is left.</summary>
    public override Task<Empty> SignalAndWaitForShutdown(Empty request, ServerCallContext call) => Task.FromResult(Nothing);

    private (string Version, string Url) PackageOf(string reference, string version, string url) =>
        reference.Length == 0 ? (version, url) : _packages.TryGetValue(reference, out var package)
            ? package
            : throw new DeployException(EngineErrors.InvalidRegistration.With($"the package reference '{reference}' was never registered"));

    /// <summary>Faults become what the SDKs understand; every fault has been told to the user before or is told by the program.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (DeployException exception)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, exception.Error.ToString()));
        }
        catch (FormatException exception)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, exception.Message));
        }
        catch (OperationCanceledException)
        {
            throw Ending();
        }
    }

    private static RpcException Ending() => new(new(StatusCode.Unavailable, "the engine is ending this run; its messages say why"));

    private static RpcException Unsupported(string what) => new(new(StatusCode.Unimplemented, $"the embedded engine does not support {what}"));
}
