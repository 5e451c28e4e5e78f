namespace Deploy.Environments.Tests;

internal static class Repository
{
    /// <summary>The folder of Deploy.sln, above the folder that the tests run from.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Deploy.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException($"No Deploy.sln above {AppContext.BaseDirectory}.");
        }
    }
}
