using Deploy.Engine.Events;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>The service that a program logs to.</summary>
internal sealed class EngineService(MonitorContext context) : Pulumirpc.Engine.EngineBase
{
    private string _root = "";

    public override Task<Empty> Log(LogRequest request, ServerCallContext call)
    {
        var urn = Urn.TryParse(request.Urn);
        if (request.Severity == LogSeverity.Error)
        {
            context.Events.Fault(urn, EngineErrors.ProgramFailed.With(request.Message));
        }
        else
        {
            var severity = request.Severity switch
            {
                LogSeverity.Debug => DiagnosticSeverity.Debug,
                LogSeverity.Warning => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Info,
            };
            context.Events.Message(urn, severity, request.Message, request.Ephemeral);
        }

        return Task.FromResult(new Empty());
    }

    public override Task<SetRootResourceResponse> SetRootResource(SetRootResourceRequest request, ServerCallContext call)
    {
        _root = request.Urn;
        return Task.FromResult(new SetRootResourceResponse());
    }

    public override Task<GetRootResourceResponse> GetRootResource(GetRootResourceRequest request, ServerCallContext call) =>
        Task.FromResult(new GetRootResourceResponse { Urn = _root });

    public override Task<RequirePulumiVersionResponse> RequirePulumiVersion(RequirePulumiVersionRequest request, ServerCallContext call)
    {
        // There is no Pulumi CLI here whose version could be too old; what the engine lacks, it refuses by name.
        context.Events.Message(null, DiagnosticSeverity.Debug, $"the program asks for Pulumi {request.PulumiVersionRange}; the embedded engine has no such version");
        return Task.FromResult(new RequirePulumiVersionResponse());
    }

    public override Task<Empty> StartDebugging(StartDebuggingRequest request, ServerCallContext call) =>
        throw new RpcException(new(StatusCode.Unimplemented, "the embedded engine does not support attaching a debugger"));
}
