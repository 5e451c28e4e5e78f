namespace Pulumi;

/// <summary>The run in progress: what it is about, and the functions of providers.</summary>
public sealed class DeploymentInstance
{
    private readonly Deployment _deployment;

    internal DeploymentInstance(Deployment deployment) => _deployment = deployment;

    /// <summary>Whether this run only plans.</summary>
    public bool IsDryRun => _deployment.IsDryRun;

    /// <summary>Name of the project.</summary>
    public string ProjectName => _deployment.ProjectName;

    /// <summary>Name of the stack, without organization and project.</summary>
    public string StackName => _deployment.StackName;

    /// <summary>Name of the organization; <c>organization</c> where there are none.</summary>
    public string OrganizationName => _deployment.OrganizationName;

    /// <summary>The folder of Pulumi.yaml; empty when the engine does not say.</summary>
    public string RootDirectory => _deployment.RootDirectory;

    /// <summary>Adds a transform of every resource that is created from now on.</summary>
    /// <param name="transform">Called by the engine, after those of the resource and its parents.</param>
    public void RegisterResourceTransform(ResourceTransform transform) => _deployment.RegisterTransform(transform);

    /// <summary>Adds a transform of every call of a provider function from now on.</summary>
    /// <param name="transform">Called by the engine.</param>
    public void RegisterInvokeTransform(InvokeTransform transform) => _deployment.RegisterTransform(transform);

    /// <summary>Calls a function of a provider. While an argument is unknown, or depends on a resource that does not exist yet, the result is unknown and nothing is called.</summary>
    /// <param name="token">Function token, e.g. <c>azure-native:authorization:getClientConfig</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => _deployment.InvokeForOutput<T>(token, args, options);

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => _deployment.InvokeForOutput<T>(token, args, options);

    /// <summary>Calls a function that returns an object with one member, and takes that member.</summary>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null) => _deployment.InvokeSingleForOutput<T>(token, args, options);

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options) => _deployment.InvokeSingleForOutput<T>(token, args, options);

    /// <summary>Calls a function of a provider now; its arguments are plain values.</summary>
    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => _deployment.InvokeForValueAsync<T>(token, args, options);

    /// <summary>Calls a function of a provider for what it does.</summary>
    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => _deployment.InvokeForValueAsync<object?>(token, args, options);

    /// <summary>Calls a function that returns an object with one member, and takes that member.</summary>
    public Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => _deployment.InvokeSingleForValueAsync<T>(token, args, options);
}
