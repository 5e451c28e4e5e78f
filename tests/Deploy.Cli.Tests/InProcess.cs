using System.Text.Json.Nodes;
using Deploy.Cli;
using Deploy.Cli.Terminal;

namespace Deploy.Cli.Tests;

/// <summary>A run of <c>deploy</c> in this process, over a folder of its own.</summary>
internal sealed class InProcess : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public string Folder { get; } = Directory.CreateTempSubdirectory("deploy-cli-").FullName;

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public JsonObject Json => JsonNode.Parse(Output.ToString())!.AsObject();

    /// <summary>A project like this repository's, with the given stack file.</summary>
    public InProcess WithProject(string stack, string settings)
    {
        Write("Pulumi.yaml", "name: phi\nruntime: dotnet\nmain: infra\nstackConfigDir: stacks\n");
        Write("infra/Infra.csproj", "<Project />");
        Write($"stacks/Pulumi.{stack}.yaml", settings);
        return this;
    }

    public void Set(string name, string value) => _environment[name] = value;

    public async Task<int> RunAsync(params string[] args)
    {
        using var interrupt = new Interrupt();
        return await new DeployProgram(Streams(), interrupt).RunAsync(args);
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Streams Streams() => new()
    {
        Output = Output,
        Error = Error,
        Input = TextReader.Null,
        IsInteractive = false,
        ErrorIsTerminal = false,
        OutputIsTerminal = false,
        Environment = _environment,
        WorkingDirectory = Folder,
        TimeProvider = TimeProvider.System,
    };
}
