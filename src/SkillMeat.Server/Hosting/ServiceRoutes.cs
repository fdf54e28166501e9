using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Artifacts;
using SkillMeat.Server.Background;
using SkillMeat.Server.Caching;
using SkillMeat.Server.Collections;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Events;
using SkillMeat.Server.Groups;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Maintenance;
using SkillMeat.Server.Metrics;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Page;
using SkillMeat.Server.Projects;
using SkillMeat.Server.Refresh;
using SkillMeat.Server.Snapshots;

namespace SkillMeat.Server.Hosting;

/// <summary>All addresses of the service.</summary>
internal static class ServiceRoutes
{
    /// <summary>The beginning of the addresses of the API.</summary>
    public const string Base = "/api/v1";

    public static void Map(IEndpointRouteBuilder routes, RouteGroupBuilder api, ServedHome home)
    {
        InfoEndpoints.MapHealth(routes);
        new MetricsEndpoints(home).Map(routes);
        ApiDocument.Map(routes);
        new DocsEndpoints().Map(routes);
        new InfoEndpoints(home).Map(api);
        new ControlEndpoints(home).Map(api);
        new EventEndpoints(home).Map(api);
        new JobEndpoints(home).Map(api);
        new CollectionEndpoints(home).Map(api);
        new ArtifactEndpoints(home).Map(api);
        new ArtifactFileEndpoints(home).Map(api);
        new ArtifactHistoryEndpoints(home).Map(api);
        new ArtifactChangeEndpoints(home).Map(api);
        new ConflictEndpoints(home).Map(api);
        new RefreshEndpoints(home).Map(api);
        new CacheEndpoints(home).Map(api);
        new TransferEndpoints(home).Map(api);
        new GroupEndpoints(home).Map(api);
        new GroupMemberEndpoints(home).Map(api);
        new McpServerEndpoints(home).Map(api);
        new TagDefinitionEndpoints(home).Map(api);
        new SnapshotEndpoints(home).Map(api);
        new RestoreEndpoints(home).Map(api);
        new ProjectEndpoints(home).Map(api);
        new DeployEndpoints(home).Map(api);
        new DeploymentEndpoints(home).Map(api);
        new SyncEndpoints(home).Map(api);
        new AdoptEndpoints(home).Map(api);
        new MarketplaceEndpoints(home).Map(api);
        new BrowseEndpoints(home).Map(api);
        new SettingsEndpoints(home).Map(api);
        new BackgroundEndpoints(home).Map(api);
        new ProjectSearchEndpoints(home).Map(api);
        new ProjectFileEndpoints(home).Map(api);
        new ReplacedCopyEndpoints(home).Map(api);
        new SnapshotExportEndpoints(home).Map(api);
        new MaintenanceEndpoints(home).Map(api);
        new PageEndpoints(home.Page).Map(routes);
    }
}
