using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the coding agents that are known, and tells which of them this machine and a project have.</summary>
[Cmdlet(VerbsCommon.Get, "SkmProfile")]
[OutputType(typeof(DetectedProfile))]
public sealed class GetSkmProfileCommand : SkmCommand
{
    /// <summary>The ids or aliases of the profiles, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The project: the path of a folder, or the name of a registered one.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>Whether to return only the profiles that this machine or the project has.</summary>
    [Parameter]
    public SwitchParameter Detected { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, _) =>
    {
        var paths = Project is null ? [] : await new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder")).ResolveExistingAsync([Project]);
        if (Project is not null && paths.Count == 0) return;
        var all = new ProfileDetector(store).List(paths is [var path, ..] ? path : null);
        var names = Name.Select(name => (Text: name, Pattern: Wildcards.Of(Plain(name)))).ToList();
        foreach (var profile in all.Where(one => (names.Count == 0 || names.Exists(name => IsCalled(one, name.Pattern))) && (!Detected || one.IsOnMachine || one.IsInProject == true))) pipeline.Write(profile);
        foreach (var (text, _) in names.Where(name => !Wildcards.IsPattern(name.Text) && !all.Any(one => IsCalled(one, name.Pattern))))
        {
            pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not a profile. Get-SkmProfile without a name lists all."), text));
        }
    });

    private static bool IsCalled(DetectedProfile profile, WildcardPattern name) => profile.Aliases.Prepend(profile.Profile).Any(one => name.IsMatch(Plain(one)));

    private static string Plain(string name) => name.Replace('_', '-');
}
