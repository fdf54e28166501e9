using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SkillMeat.Cache.Deployments;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Projects;

/// <summary>The query of a list of deployments. Values that may be repeated are taken apart at commas, except projects, whose paths can have some.</summary>
internal sealed class DeploymentListQuery
{
    private const int MostPatternChars = 256;

    // A copy that was edited by hand is noticed after this time, everything else at once.
    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(0.5);

    [FromQuery(Name = "project")]
    public string[]? Project { get; set; }

    [FromQuery(Name = "profile")]
    public string[]? Profile { get; set; }

    [FromQuery(Name = "state")]
    public string[]? State { get; set; }

    [FromQuery(Name = "type")]
    public string[]? Type { get; set; }

    [FromQuery(Name = "update")]
    public bool? Update { get; set; }

    [FromQuery(Name = "collection")]
    public string? Collection { get; set; }

    [FromQuery(Name = "group")]
    public string? Group { get; set; }

    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "order")]
    public string? Order { get; set; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; set; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>The wanted states; empty for all but those that are no deployments.</summary>
    public IReadOnlyList<DeploymentState> States() => [.. QueryValue.Parts(State).Select(text => QueryValue.Enum<DeploymentState>("state", text))];

    /// <summary>Whether a deployment has one of the wanted states.</summary>
    public static bool IsIn(DeploymentStatus one, IReadOnlyList<DeploymentState> states) => states.Count == 0 ? one.State != DeploymentState.Added : states.Contains(one.State);

    /// <summary>Asks for all states, which are counted.</summary>
    public DeploymentQuery ToQuery(ProjectAddress projects) => new()
    {
        Projects = [.. (Project ?? []).Where(one => one.Length > 0).Select(one => PatternOf(one, projects))],
        Profiles = [.. QueryValue.Parts(Profile)],
        Types = [.. ArtifactFilter.Parse(QueryValue.Parts(Type), []).Types.Select(type => type.Name)],
        Collection = string.IsNullOrEmpty(Collection) ? null : Collection,
        Group = string.IsNullOrEmpty(Group) ? null : Group,
        States = Enum.GetValues<DeploymentState>(),
        MaxAge = _maxAge,
        Search = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
    };

    public IReadOnlyList<DeploymentStatus> Sorted(IEnumerable<DeploymentStatus> found)
    {
        var order = FindOrder();
        var isDescending = Order is not null && QueryValue.Enum<SortDirection>("order", Order) == SortDirection.Desc;
        var sorted = (order switch
        {
            DeploymentOrder.Name => found.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase),
            DeploymentOrder.Type => found.OrderBy(one => one.Type, StringComparer.Ordinal),
            DeploymentOrder.State => found.OrderBy(one => one.State),
            DeploymentOrder.Date => found.OrderBy(one => one.DeployedAt),
            _ => found.OrderBy(one => one.ProjectName ?? one.Project, StringComparer.OrdinalIgnoreCase),
        }).ThenBy(one => one.Project, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Profile, StringComparer.Ordinal);
        return isDescending ? [.. sorted.Reverse()] : [.. sorted];
    }

    /// <summary>The value by which a deployment is sorted, and what identifies it.</summary>
    public string KeyOf(DeploymentStatus one)
    {
        var key = FindOrder() switch
        {
            DeploymentOrder.State => one.State.ToString(),
            DeploymentOrder.Date => one.DeployedAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "",
            _ => one.ProjectName ?? "",
        };
        return $"{key}\n{one.Project}\n{one.ArtifactId}\n{one.Profile}\n{one.Path}";
    }

    private DeploymentOrder FindOrder() => Sort is null ? DeploymentOrder.Project : QueryValue.Enum<DeploymentOrder>("sort", Sort);

    private static NamePattern PatternOf(string text, ProjectAddress projects)
    {
        FolderPath.Check(text);
        var pattern = NamePattern.Simple(text);
        if (!pattern.IsLiteral) return text.Length <= MostPatternChars ? pattern : throw new SkillMeatException(ErrorIds.InvalidArgument, $"A pattern has at most {MostPatternChars} characters.");
        return NamePattern.Simple(projects.FindId(text) ?? text);
    }
}
