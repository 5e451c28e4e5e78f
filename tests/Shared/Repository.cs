namespace Tests.Shared;

/// <summary>The repository that the tests lie in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Deploy.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not lie below the repository");
        }

        return folder.FullName;
    }
}
