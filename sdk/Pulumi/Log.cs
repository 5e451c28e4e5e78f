namespace Pulumi;

/// <summary>Messages for the person who runs the deployment. An error makes the deployment fail; the program goes on.</summary>
public static class Log
{
    /// <summary>Shown on request only.</summary>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Pulumirpc.LogSeverity.Debug, message, resource, streamId, ephemeral);

    /// <summary>Information.</summary>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Pulumirpc.LogSeverity.Info, message, resource, streamId, ephemeral);

    /// <summary>Something the person should look at.</summary>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Pulumirpc.LogSeverity.Warning, message, resource, streamId, ephemeral);

    /// <summary>A failure.</summary>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Pulumirpc.LogSeverity.Error, message, resource, streamId, ephemeral);

    /// <summary>A failure, with its stack trace.</summary>
    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Pulumirpc.LogSeverity.Error, exception.ToString(), resource, streamId, ephemeral);

    private static void Write(Pulumirpc.LogSeverity severity, string message, Resource? resource, int? streamId, bool? ephemeral) =>
        Deployment.Current.Logger.Write(severity, message, resource, streamId, ephemeral);
}
