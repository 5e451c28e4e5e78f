using System.Text.Json.Nodes;
using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.Identity;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Emulator;
using Deploy.Engine.Projects;
using Deploy.Engine.Providers.AzureNative;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Deploy.Environments.Reading;
using Deploy.Environments.Settings;

namespace Deploy.Cli.Composition;

/// <summary>One stack, opened: its project, settings, state and, once asked for, its Azure. Disposing it ends a local Azure that it hosts.</summary>
internal sealed class StackSession : IAsyncDisposable
{
    private const string SettingsProject = "phi";
    private const string CloudKey = "phi:cloud";
    private const string SubscriptionsApiVersion = "2022-12-01";

    private readonly CommandContext _context;
    private readonly Lock _lock = new();
    private LocalAzure? _local;
    private Task<AzureSession>? _azure;

    private StackSession(CommandContext context, Project project, StackName stack, EnvironmentSettings? settings, TargetCloud cloud)
    {
        _context = context;
        Project = project;
        Name = stack;
        Settings = settings;
        Cloud = cloud;
        Secrets = new PassphraseSecretsProvider(PassphraseOf(context, project, cloud));
        Store = StackLocator.OpenBackend(context, project).Stack(project.Name, stack.Value);
        if (ProjectReader.ReadEncryptionSalt(project, stack.Value) is { } salt)
        {
            Secrets.UseSalt(salt);
        }
    }

    public Project Project { get; }

    public StackName Name { get; }

    /// <summary>Null for a program that is not this repository's: its settings are its own business.</summary>
    public EnvironmentSettings? Settings { get; }

    public TargetCloud Cloud { get; }

    public StackStore Store { get; }

    public ISecretsProvider Secrets { get; }

    /// <summary>Whether the program is this repository's own, so that settings, preflight, verification and quota apply.</summary>
    public bool IsOurs => Settings is not null;

    /// <summary>Opens the stack the user means, and chooses its engine. Everything wrong with its settings comes out at once.</summary>
    public static async Task<StackSession> OpenAsync(CommandContext context)
    {
        var session = Open(context);
        await session.ChooseEngineAsync(context.CancellationToken);
        return session;
    }

    /// <summary>Opens the stack for reading its settings only.</summary>
    public static StackSession Open(CommandContext context)
    {
        var project = StackLocator.FindProject(context);
        var stack = StackLocator.FindStack(context, project);
        var path = project.StackFile(stack.Value);
        var reading = StackFileReader.Read(File.ReadAllText(path), Path.GetRelativePath(project.RootDirectory, path), stack);
        if (context.Global.Cloud is { } cloud && reading.Tree is { } tree)
        {
            reading = reading with { Tree = WithCloud(tree, cloud) };
        }

        return IsOurProgram(project) ? OpenOurs(context, project, stack, reading) : OpenForeign(context, project, stack, reading);
    }

    private static StackSession OpenOurs(CommandContext context, Project project, StackName stack, SettingsReading reading)
    {
        var bound = SettingsBinder.Bind(reading, AzureCatalog.Default);
        return bound.IsValid
            ? new StackSession(context, project, stack, bound.Settings, bound.Settings.Cloud)
            : throw new FaultsException(bound.Faults);
    }

    private static StackSession OpenForeign(CommandContext context, Project project, StackName stack, SettingsReading reading)
    {
        // Only phi:cloud is ours to read there; everything else in the file is the program's business.
        if (reading.Tree is not { } tree)
        {
            throw new FaultsException(reading.Faults);
        }

        var cloud = SettingsBinder.ReadCloud(tree, out var error);
        return error is null ? new StackSession(context, project, stack, null, cloud ?? TargetCloud.Public) : throw new FaultsException([error]);
    }

    /// <summary>The stack's configuration as its program sees it.</summary>
    public StackConfig ReadConfig()
    {
        var read = ProjectReader.ReadStackConfig(Project, Name.Value, Secrets);
        var config = read.Value ?? throw new FaultsException(read.Errors);
        return _context.Global.Cloud is { } cloud
            ? config with { Values = new Dictionary<string, string>(config.Values) { [CloudKey] = cloud } }
            : config;
    }

    /// <summary>The signed-in connection to the stack's Azure, made once; for cloud local, attaches to the running one or hosts it in this process.</summary>
    public Task<AzureSession> AzureAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _azure ??= Task.Run(() => Cloud == TargetCloud.Local ? ConnectLocallyAsync(cancellationToken) : ConnectAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Finds out which engine works on the stack; for the Pulumi CLI on a local Azure, points it there.</summary>
    private async Task ChooseEngineAsync(CancellationToken cancellationToken)
    {
        var program = Executable.Find(_context.Streams, "pulumi");
        var wanted = _context.Global.Engine ?? (Cloud != TargetCloud.Local && program is not null ? "pulumi" : "embedded");
        if (wanted != "pulumi")
        {
            return;
        }

        if (program is null)
        {
            throw new DeployException(CliErrors.EngineUnavailable.With("--engine pulumi was asked for, and there is no `pulumi` on PATH."));
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Cloud == TargetCloud.Local)
        {
            await AzureAsync(cancellationToken);
            foreach (var (name, value) in await EmulatorEnvironment.VariablesAsync(_local!.Connection, _context.Streams.Environment, cancellationToken))
            {
                environment[name] = value;
            }
        }

        Pulumi = new PulumiProcess(program, Project.RootDirectory, Name, environment);
    }

    private async Task<AzureSession> ConnectLocallyAsync(CancellationToken cancellationToken)
    {
        _local = await LocalAzure.AttachOrHostAsync(LocalStore.Options(_context, Project.RootDirectory), cancellationToken);
        foreach (var notice in _local.Notices)
        {
            _context.Note(notice);
        }

        var connection = _local.Connection;
        return AzureSessions.ForLocal(new LocalAzureSettings
        {
            ResourceManager = connection.Https,
            Certificate = connection.Certificate,
            SubscriptionId = connection.SubscriptionId,
            TenantId = connection.TenantId,
            ClientId = connection.ClientId,
            ClientSecret = connection.ClientSecret,
        });
    }

    /// <summary>The Pulumi CLI when it is this stack's engine; null when the embedded engine is.</summary>
    /// <exception cref="DeployException">It was asked for and is not on PATH.</exception>
    public PulumiProcess? Pulumi { get; private set; }

    /// <summary>For verbs that know this repository's program only.</summary>
    /// <param name="what">What of the program is known to whom, as a clause: <c>settings preflight knows</c>.</param>
    /// <exception cref="DeployException">The program is not this repository's own.</exception>
    public void RequireOurs(string what)
    {
        if (!IsOurs)
        {
            throw new DeployException(CliErrors.NothingToVerify.With($"Project '{Project.Name}' is not the program of this repository, whose {what}."));
        }
    }

    /// <summary>For verbs that work on the embedded engine's own state.</summary>
    /// <exception cref="DeployException">The Pulumi CLI is the stack's engine, whose backend only it knows.</exception>
    public void RequireEmbeddedEngine(string verb)
    {
        if (Pulumi is not null)
        {
            throw new DeployException(CliErrors.EngineUnavailable.With(
                $"The Pulumi CLI is the engine of stack '{Name}', and keeps its state in a backend of its own.", $"Use `pulumi {verb}`, or --engine embedded."));
        }
    }

    /// <summary>The stack's outputs, from the state of its engine; null when it has none.</summary>
    public async Task<PropertyMap?> OutputsAsync(CancellationToken cancellationToken)
    {
        if (Pulumi is null)
        {
            return await Store.OutputsAsync(Secrets, cancellationToken);
        }

        string[] arguments = _context.Global.ShowSecrets ? ["stack", "output", "--json", "--show-secrets"] : ["stack", "output", "--json"];
        return await Pulumi.ReadAsync(arguments, _context.Note, cancellationToken) is { } text ? PropertyJson.FromJson(JsonNode.Parse(text)) as PropertyMap : null;
    }

    /// <summary>
    /// Every resource that the stack's state holds with an id: the id, and its outputs. What a killed run had begun to create is the stack's own too, with its inputs.
    /// </summary>
    public async Task<IReadOnlyList<(string Id, JsonObject Outputs)>> ResourcesAsync(CancellationToken cancellationToken)
    {
        if (Pulumi is null)
        {
            var snapshot = await Store.LoadAsync(Secrets, cancellationToken) ?? Snapshot.Empty;
            var subscription = snapshot.PendingOperations.Count == 0 ? "" : (await AzureAsync(cancellationToken)).SubscriptionId;
            return
            [
                .. snapshot.Resources.Where(resource => resource is { Custom: true, External: false }).Select(resource => (resource.Id, Json(resource.Outputs))),
                .. snapshot.PendingOperations.Where(pending => pending.Resource.Custom)
                    .Select(pending => (AzureNativeIds.OfPendingCreation(pending, subscription) ?? "", Json(pending.Resource.Inputs)))
                    .Where(pending => pending.Item1.Length > 0),
            ];
        }

        // A stack that the backend does not have yet holds nothing; that it is missing, the engine says itself.
        var text = await Pulumi.ReadAsync(["stack", "export"], static _ => { }, cancellationToken);
        var resources = text is null ? null : JsonNode.Parse(text)?["deployment"]?["resources"]?.AsArray();
        return [.. (resources ?? []).OfType<JsonObject>().Where(resource => resource["id"] is not null && (bool?)resource["external"] != true)
            .Select(resource => ((string)resource["id"]!, resource["outputs"]?.DeepClone() as JsonObject ?? []))];
    }

    private static JsonObject Json(PropertyMap values) => PropertyJson.ToJson(values, showSecrets: false) as JsonObject ?? [];

    /// <summary>Null unless this session hosts or is attached to a local Azure.</summary>
    public LocalAzureConnection? Local => _local?.Connection;

    public async ValueTask DisposeAsync()
    {
        if (_azure is { } azure)
        {
            // What went wrong in it, whoever asked for it has said.
            await ((Task)azure).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_local is not null)
        {
            await _local.DisposeAsync();
        }
    }

    private async Task<AzureSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var config = ReadConfig();
        var settings = AzureSettings.Read(key => config.Values.GetValueOrDefault($"azure-native:{key}"), _context.Streams.Variable);
        var wanted = Settings?.SubscriptionId ?? config.Values.GetValueOrDefault("azure-native:subscriptionId");
        var cli = new AzureCli();
        var own = _context.Streams.Variable("ARM_SUBSCRIPTION_ID") ?? (await cli.ShowAccountAsync(cancellationToken))?.SubscriptionId;
        if (wanted is not null && own is not null && !string.Equals(wanted, own, StringComparison.OrdinalIgnoreCase))
        {
            throw new DeployException(CliErrors.ForeignSubscription.With($"The settings name subscription {wanted}, the credential belongs to {own}."));
        }

        var session = await AzureSessions.CreateAsync(settings with { Environment = CloudName(Cloud), SubscriptionId = wanted ?? own }, cli, cancellationToken);
        await SignInAsync(session, cancellationToken);
        return session;
    }

    /// <summary>Asks for the subscription once, so that a missing sign-in is told as such, before anything is done.</summary>
    private static async Task SignInAsync(AzureSession session, CancellationToken cancellationToken)
    {
        var response = await Providers.Arm(session).SendAsync(ArmRequest.Get($"/subscriptions/{session.SubscriptionId}", SubscriptionsApiVersion), cancellationToken);
        if (!response.IsSuccess)
        {
            throw new DeployException(response.ToDeployError($"read subscription {session.SubscriptionId}"));
        }
    }

    private static bool IsOurProgram(Project project) =>
        project.Name == SettingsProject && File.Exists(Path.Combine(project.ProgramDirectory, OwnProgram.ProjectFile));

    /// <summary>The settings as if <c>phi:cloud</c> said what the command line says.</summary>
    private static SettingsTree WithCloud(SettingsTree tree, string cloud)
    {
        var others = tree.Config.Entries.Where(entry => entry.Key != CloudKey);
        var entry = new MappingEntry(CloudKey, tree.Config.Mark, new ScalarNode(tree.Config.Mark, ScalarKind.String, cloud));
        return tree with { Config = tree.Config with { Entries = [.. others, entry] } };
    }

    private static string CloudName(TargetCloud cloud) => cloud switch
    {
        TargetCloud.UsGovernment => AzureCloud.UsGovernment.Name,
        TargetCloud.China => AzureCloud.China.Name,
        _ => AzureCloud.Public.Name,
    };

    private static PassphraseSource PassphraseOf(CommandContext context, Project project, TargetCloud cloud) => new()
    {
        Passphrase = context.Streams.Environment.GetValueOrDefault("PULUMI_CONFIG_PASSPHRASE"),
        PassphraseFile = context.Streams.Variable("PULUMI_CONFIG_PASSPHRASE_FILE"),
        GeneratedFile = cloud == TargetCloud.Local ? Path.Combine(project.RootDirectory, ".deploy", "passphrase") : null,
        Prompt = context.IsInteractive ? () => Terminal.Ask.Secret(context, "Passphrase of the stack's secrets") : null,
    };
}
