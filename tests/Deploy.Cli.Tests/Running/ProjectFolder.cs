namespace Deploy.Cli.Tests.Running;

/// <summary>A temporary folder with a Pulumi project of the name <c>other</c> and one stack, <c>local</c>.</summary>
internal sealed class ProjectFolder : IDisposable
{
    public ProjectFolder()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "stacks"));
        File.WriteAllText(System.IO.Path.Combine(Path, "Pulumi.yaml"), "name: other\nruntime: dotnet\nstackConfigDir: stacks\n");
        File.WriteAllText(System.IO.Path.Combine(Path, "stacks", "Pulumi.local.yaml"), "config:\n  phi:cloud: local\n");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("deploy-cli-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
