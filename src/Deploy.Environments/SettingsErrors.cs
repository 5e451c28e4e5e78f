using Deploy.Core;

namespace Deploy.Environments;

/// <summary>Errors of settings and lifecycle, 1001 to 1039.</summary>
public static class SettingsErrors
{
    public static readonly ErrorDefinition Unreadable = Define("DEP1001", "A settings file cannot be read", "Check that the file is well-formed YAML.");
    public static readonly ErrorDefinition UnknownKey = Define("DEP1002", "A settings key is not known", "Remove the key or correct its spelling.");
    public static readonly ErrorDefinition WrongType = Define("DEP1003", "A setting has the wrong type", null);
    public static readonly ErrorDefinition Missing = Define("DEP1004", "A required setting is missing", null);
    public static readonly ErrorDefinition NotAllowed = Define("DEP1005", "A setting's value is not one of the allowed ones", null);
    public static readonly ErrorDefinition InvalidName = Define("DEP1006", "A name breaks Azure's rules", null);
    public static readonly ErrorDefinition DuplicateName = Define("DEP1007", "A name is used twice", "Give each project, and each endpoint of a project, its own name.");
    public static readonly ErrorDefinition UnknownModel = Define("DEP1008", "A model is not in the catalog", "Run './deploy models' to see every model.");
    public static readonly ErrorDefinition ModelTwice = Define("DEP1009", "A project deploys one model serverless twice", "Put the second endpoint into another project.");
    public static readonly ErrorDefinition ComputeNotOffered = Define("DEP1010", "A model is not offered on this kind of compute", null);
    public static readonly ErrorDefinition RegionNotOffered = Define("DEP1011", "A model is not offered in this region", null);
    public static readonly ErrorDefinition InstanceTypeNotAllowed = Define("DEP1012", "A VM size cannot carry the model", null);
    public static readonly ErrorDefinition VersionUnknown = Define("DEP1013", "A model has no such version", null);
    public static readonly ErrorDefinition NotApplicable = Define("DEP1014", "A setting does not apply to this kind of compute", "Remove the setting.");
    public static readonly ErrorDefinition DuplicateKey = Define("DEP1015", "A settings key is written twice", "Keep one of the two.");
    public static readonly ErrorDefinition EndpointsOutputUnreadable = Define("DEP1016", "The stack output 'endpoints' does not follow its contract", "Run './deploy up' again with this version of the program.");
    public static readonly ErrorDefinition ModelRetired = Define("DEP1020", "A model is retired", null);
    public static readonly ErrorDefinition ModelDeprecated = Define("DEP1021", "A model takes no new deployments", null);
    public static readonly ErrorDefinition ModelLegacy = Define("DEP1022", "A model's end is announced", null);

    private static ErrorDefinition Define(string code, string title, string? suggestion) => new(code, title, suggestion, ExitCode.Configuration);
}
