using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Engine.Tests.Projects;

public sealed class ProjectReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deploy-project-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadProject_Everything_IsRead()
    {
        var project = ReadProject("""
            name: phi
            runtime: { name: dotnet, options: { binary: out/Program.dll } }
            main: infra
            stackConfigDir: stacks
            config:
              cloud: { type: string, default: local }
              count: { type: integer }
              names: { type: array, items: { type: string }, default: [a, b] }
              azure-native:location: { value: eastus2 }
            """).Value!;

        Assert.Equal(("phi", "dotnet", "out/Program.dll"), (project.Name, project.Runtime, project.RuntimeOptions["binary"]));
        Assert.Equal(Path.Combine(_folder, "infra"), project.ProgramDirectory);
        Assert.Equal(Path.Combine(_folder, "stacks", "Pulumi.dev.yaml"), project.StackFile("dev"));
        Assert.Equal("""["a","b"]""", project.Config["phi:names"].Default);
        Assert.Equal("eastus2", project.Config["azure-native:location"].Default);
        Assert.Null(project.Config["phi:count"].Default);
    }

    [Fact]
    public void ReadProject_SeveralFaults_AreAllReportedWithTheirPlaces()
    {
        var errors = ReadProject("""
            name: "not a name"
            runtime: []
            config:
              a: { type: strange }
              other:b: { type: string }
            """).Errors.Select(error => error.Message).ToList();

        Assert.Equal(4, errors.Count);
        Assert.StartsWith("Pulumi.yaml:1:7: 'name'", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("Pulumi.yaml:2:10: 'runtime'", errors[1], StringComparison.Ordinal);
        Assert.Contains(errors, error => error.StartsWith("Pulumi.yaml:4:", StringComparison.Ordinal) && error.Contains("unknown type 'strange'", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadProject_MalformedYaml_NamesThePlace() =>
        Assert.StartsWith("Pulumi.yaml:2:", Assert.Single(ReadProject("name: a\n  b: [").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadStackConfig_AllKindsOfValues_BecomeProgramText()
    {
        var secrets = new PassphraseSecretsProvider(new() { Passphrase = "p" });
        var secret = secrets.Encrypt("hunter2", "x");
        var config = ReadStack(secrets, $$"""
            encryptionsalt: {{secrets.Salt}}
            config:
              phi:text: hello
              phi:number: 0x10
              phi:flag: true
              phi:config:old: "007"
              phi:tree: { a: 1, b: "2", c: [true, null, 1.5] }
              phi:secret: { secure: "{{secret}}" }
              phi:mixed: { user: me, password: { secure: "{{secret}}" } }
            """).Value!;

        Assert.Equal(("hello", "0x10", "true", "007"), (config.Values["phi:text"], config.Values["phi:number"], config.Values["phi:flag"], config.Values["phi:old"]));
        Assert.Equal("""{"a":1,"b":"2","c":[true,null,1.5]}""", config.Values["phi:tree"]);
        Assert.Equal("hunter2", config.Values["phi:secret"]);
        Assert.Equal("""{"user":"me","password":"hunter2"}""", config.Values["phi:mixed"]);
        Assert.Equal(["phi:mixed", "phi:secret"], config.SecretKeys.Order());
        Assert.DoesNotContain("hunter2", config.Encrypted["phi:mixed"], StringComparison.Ordinal);
    }

    [Fact]
    public void ReadStackConfig_WrongTypesAndMissingKeys_AreAllReported()
    {
        ReadProject("name: phi\nruntime: dotnet\nstackConfigDir: stacks\nconfig:\n  count: { type: integer }\n  need: { type: string }\n  pass: { type: string, secret: true }");
        var errors = ReadStack(new PassphraseSecretsProvider(new()), "config:\n  phi:count: many\n  nonsense: 1\n  phi:pass: clear\n").Errors;

        Assert.Equal(4, errors.Count);
        Assert.Contains(errors, error => error.Message == "stacks/Pulumi.dev.yaml:2:14: 'phi:count' must be an integer");
        Assert.Contains(errors, error => error.Message.StartsWith("stacks/Pulumi.dev.yaml:3:3: 'nonsense'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Definition == EngineErrors.ConfigNotSecret);
    }

    private Read<Project> ReadProject(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "Pulumi.yaml"), text);
        return ProjectReader.ReadProject(_folder);
    }

    private Read<StackConfig> ReadStack(ISecretsProvider secrets, string text)
    {
        if (!File.Exists(Path.Combine(_folder, "Pulumi.yaml")))
        {
            ReadProject("name: phi\nruntime: dotnet\nstackConfigDir: stacks\n");
        }

        var project = ProjectReader.ReadProject(_folder).Value!;
        Directory.CreateDirectory(project.StackConfigDirectory);
        File.WriteAllText(project.StackFile("dev"), text);
        return ProjectReader.ReadStackConfig(project, "dev", secrets);
    }
}
