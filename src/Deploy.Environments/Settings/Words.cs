using System.Reflection;
using System.Text.Json.Serialization;

namespace Deploy.Environments.Settings;

/// <summary>How the values of an enumeration are written in settings and outputs: as <see cref="JsonStringEnumMemberNameAttribute"/> says.</summary>
internal static class Words
{
    public static string Of<T>(T choice)
        where T : struct, Enum
    {
        var name = Enum.GetName(choice) ?? throw new ArgumentOutOfRangeException(nameof(choice), choice, "This is no value of the enumeration.");
        return typeof(T).GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name;
    }
}
