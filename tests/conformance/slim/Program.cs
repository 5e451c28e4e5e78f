using System.Globalization;
using System.Reflection;
using Pulumi;
using Slim;

// One process runs one of the programs: `Slim replace-create-first` runs the method ReplaceCreateFirst. Without a name it lists them.
var programs = Assembly.GetExecutingAssembly().GetTypes().Where(type => type.Namespace == "Slim.Programs")
    .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
    .ToDictionary(method => method.Name, method => method.CreateDelegate<Func<Task<Outputs>>>(), StringComparer.Ordinal);
if (args is not [var name])
{
    Console.WriteLine(string.Join('\n', programs.Keys));
    return 0;
}

var method = string.Concat(name.Split('-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
return await Deployment.RunAsync(async () => await programs[method]());
