using System.CommandLine;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Updating;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that let an update check take in projects.</summary>
internal sealed class CheckedProjects
{
    private readonly Option<string[]> _projects = ProjectOptions.Projects();

    private readonly Option<bool> _allProjects = ProjectOptions.AllProjects();

    private readonly Option<bool> _user = ProjectOptions.User();

    private readonly Option<string[]> _profiles = ProjectOptions.Profiles("All by default.");

    public CheckedProjects()
    {
        _projects.Description = "With --check-only: check whether updates would meet local edits in this project, too. " + _projects.Description;
    }

    public IReadOnlyList<Symbol> Symbols => [_projects, _allProjects, _user, _profiles];

    /// <summary>Checks that projects are named for a check only.</summary>
    /// <exception cref="SkillMeatException">They are named for a refresh.</exception>
    public void Check(ParseResult parsed, bool isCheck)
    {
        if (!isCheck && (AreNamed(parsed) || parsed.GetValue(_profiles) is { Length: > 0 }))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "--project, --all-projects, --user and --profile need --check-only: a refresh changes collections only.");
        }

        if (isCheck && !AreNamed(parsed) && parsed.GetValue(_profiles) is { Length: > 0 }) throw new SkillMeatException(ErrorIds.InvalidArgument, "--profile needs --project, --all-projects or --user.");
    }

    /// <summary>Returns the check together with the named projects, or null if none is named.</summary>
    public Func<RefreshRequest, CancellationToken, Task<UpdateCheckResult>>? Read(CommandRun run, ParseResult parsed, CollectionStore store, UpstreamSession session)
    {
        if (!AreNamed(parsed)) return null;
        var registered = parsed.GetValue(_allProjects) ? new ProjectRegistry(store, run.Environment).List() : [];
        foreach (var missing in registered.Where(project => project.IsMissing)) run.Error(ProjectRegistry.Missing(missing.Path));
        var projects = (parsed.GetValue(_projects) ?? []).Concat(registered.Where(project => !project.IsMissing).Select(project => project.Path)).ToList();
        if (projects.Count == 0 && !parsed.GetValue(_user)) return null;
        var checker = new ProjectUpdateChecker(store, session, run.Environment);
        return (request, cancellationToken) => checker.CheckAsync(
            new ProjectCheckRequest(request) { Projects = projects, IncludeUser = parsed.GetValue(_user), Profiles = parsed.GetValue(_profiles) ?? [] }, cancellationToken: cancellationToken);
    }

    private bool AreNamed(ParseResult parsed) => parsed.GetValue(_projects) is { Length: > 0 } || parsed.GetValue(_allProjects) || parsed.GetValue(_user);
}
