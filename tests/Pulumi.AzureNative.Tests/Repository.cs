namespace Pulumi.AzureNative.Tests;

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Deploy.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new InvalidOperationException("the tests do not run inside the repository");
        }
    }
}
