using System.CommandLine;
using System.Globalization;
using System.Net;
using Deploy.Core;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary>How a local Azure is hosted, as options of <c>emulator start</c>.</summary>
internal sealed class StartOptions
{
    private const string UpstreamKey = "DEPLOY_UPSTREAM_KEY";

    private readonly Option<bool> _foreground = new("--foreground") { Description = "Stay in this terminal until Ctrl-C." };
    private readonly Option<bool> _detached = new("--detached") { Hidden = true };
    private readonly Option<string> _lifecycle = new("--lifecycle") { Description = "served: retired models can be deployed; real: refused, as on Azure.", HelpName = "WHICH", DefaultValueFactory = _ => "served" };
    private readonly Option<string?> _delay = new("--operation-delay") { Description = "How long a long-running operation takes: 500ms, 2s (default: 0).", HelpName = "TIME" };
    private readonly Option<bool> _rbac = new("--rbac") { Description = "Enforce role assignments." };
    private readonly Option<string?> _clock = new("--clock") { Description = "How time passes: realtime, instant (operations end at once), or a factor such as 60x (default: as the store left it).", HelpName = "SPEED" };
    private readonly Option<string?> _upstream = new("--upstream") { Description = $"Base of a server that speaks OpenAI's dialect: its model answers. Its key, if it wants one, comes from {UpstreamKey}.", HelpName = "URL" };
    private readonly Option<string?> _upstreamModel = new("--upstream-model") { Description = "The model to ask it for (default: the deployed model's name).", HelpName = "NAME" };
    private readonly Option<string?> _listen = new("--listen") { Description = "Address for https (default: loopback).", HelpName = "ADDRESS" };
    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Let --listen name an address that others can reach." };

    public void AddTo(Command command)
    {
        _lifecycle.AcceptOnlyFromAmong("served", "real");
        foreach (var option in (Option[])[_foreground, _detached, _lifecycle, _delay, _rbac, _clock, _upstream, _upstreamModel, _listen, _allowRemote])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether this process is the host.</summary>
    public bool StaysHere(ParseResult parsed) => parsed.GetValue(_foreground) || parsed.GetValue(_detached);

    public bool IsDetached(ParseResult parsed) => parsed.GetValue(_detached);

    /// <summary>The arguments that make another process host with the same options.</summary>
    public static IEnumerable<string> Arguments(LocalAzureOptions options) =>
    [
        "emulator", "start", "--detached", "--store", options.StorePath,
        "--lifecycle", options.Lifecycle == LifecycleServing.Real ? "real" : "served",
        "--operation-delay", string.Create(CultureInfo.InvariantCulture, $"{options.OperationDelay.TotalMilliseconds:0}ms"),
        .. options.EnforceRoles ? (string[])["--rbac"] : [],
        .. options.Clock is { } clock ? (string[])["--clock", clock.ToString()] : [],
        .. options.Upstream is { } upstream ? (string[])["--upstream", upstream.AbsoluteUri] : [],
        .. options.UpstreamModel is { } model ? (string[])["--upstream-model", model] : [],
        .. options.Listen is { } listen ? (string[])["--listen", listen.ToString()] : [],
        .. options.AllowRemote ? (string[])["--allow-remote"] : [],
    ];

    public LocalAzureOptions Read(ParseResult parsed, CommandContext context) => StoreAccess.Options(context) with
    {
        Lifecycle = parsed.GetValue(_lifecycle) == "real" ? LifecycleServing.Real : LifecycleServing.ServeRetired,
        OperationDelay = parsed.GetValue(_delay) is not { } delay ? TimeSpan.Zero : VerifyOptions.Parse(delay) ?? throw Bad($"--operation-delay takes a time such as 500ms or 2s, not '{delay}'."),
        EnforceRoles = parsed.GetValue(_rbac),
        Clock = parsed.GetValue(_clock) is { } clock ? ClockSetting.Parse(clock) : null,
        Upstream = parsed.GetValue(_upstream) is not { } upstream ? null
            : Uri.TryCreate(upstream, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : throw Bad($"--upstream takes an http or https address, not '{upstream}'."),
        UpstreamKey = context.Streams.Environment.GetValueOrDefault(UpstreamKey) is { Length: > 0 } key ? key : null,
        UpstreamModel = parsed.GetValue(_upstreamModel),
        Listen = parsed.GetValue(_listen) is not { } listen ? null : IPAddress.TryParse(listen, out var where) ? where : throw Bad($"--listen takes an IP address, not '{listen}'."),
        AllowRemote = parsed.GetValue(_allowRemote),
    };

    private static DeployException Bad(string message) => new(CliErrors.BadArguments.With(message));
}
