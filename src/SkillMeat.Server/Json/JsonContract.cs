using System.Text.Json.Serialization;
using SkillMeat.Additions;
using SkillMeat.Artifacts.Judging;
using SkillMeat.Browsing;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Lists;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Versions;
using SkillMeat.Checks;
using SkillMeat.Merging;
using SkillMeat.Merging.Differences;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Restoring;
using SkillMeat.Projects.Syncing;
using SkillMeat.Refresh;
using SkillMeat.Server.Jobs;
using SkillMeat.Snapshots.Comparing;
using SkillMeat.Updates;
using SkillMeat.Upstream.Diagnosis;

namespace SkillMeat.Server.Json;

/// <summary>Everything that <c>skm</c> prints as JSON. Keys have the order in which the types declare their properties, which scripts rely on.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    Converters =
    [
        typeof(KeyValuesConverter),
        typeof(UtcTimeConverter),
        typeof(EnumConverter<AddStatus>),
        typeof(EnumConverter<AdoptStatus>),
        typeof(EnumConverter<CacheState>),
        typeof(EnumConverter<ChangeType>),
        typeof(EnumConverter<ConflictKind>),
        typeof(EnumConverter<DeploymentState>),
        typeof(EnumConverter<DeployStatus>),
        typeof(EnumConverter<DiffLineKind>),
        typeof(EnumConverter<DriftState>),
        typeof(EnumConverter<FileUpdateKind>),
        typeof(EnumConverter<FindingStatus>),
        typeof(EnumConverter<MarketplaceKind>),
        typeof(EnumConverter<MarketplaceStatus>),
        typeof(EnumConverter<ProblemSeverity>),
        typeof(EnumConverter<RefreshStatus>),
        typeof(EnumConverter<ReplacedCopyStatus>),
        typeof(EnumConverter<SearchMatch>),
        typeof(EnumConverter<SyncStatus>),
        typeof(EnumConverter<UpdateRisk>),
        typeof(EnumConverter<UpdateStatus>),
        typeof(EnumConverter<UpstreamArtifactState>),
        typeof(EnumConverter<BackgroundRefreshTrigger>),
        typeof(EnumConverter<VersionDifference>),
        typeof(EnumConverter<JobState>),
        typeof(EnumConverter<ListedState>),
        typeof(EnumConverter<ResolutionChoice>),
        typeof(EnumConverter<BackgroundRefreshState>),
        typeof(EnumConverter<SnapshotChangeKind>),
        typeof(EnumConverter<SyncDirection>),
        typeof(EnumConverter<SyncStrategy>),
    ])]
[JsonSerializable(typeof(ActiveCollectionJson))]
[JsonSerializable(typeof(ArtifactJson))]
[JsonSerializable(typeof(CacheStatusJson))]
[JsonSerializable(typeof(CollectionJson))]
[JsonSerializable(typeof(ComparisonJson))]
[JsonSerializable(typeof(IEnumerable<ComparisonJson>))]
[JsonSerializable(typeof(DeletedCollectionJson))]
[JsonSerializable(typeof(DescribedCollectionJson))]
[JsonSerializable(typeof(GroupJson))]
[JsonSerializable(typeof(HomeJson))]
[JsonSerializable(typeof(IEnumerable<AddJson>))]
[JsonSerializable(typeof(IEnumerable<AdoptJson>))]
[JsonSerializable(typeof(IEnumerable<ArtifactJson>))]
[JsonSerializable(typeof(IEnumerable<CheckJson>))]
[JsonSerializable(typeof(IEnumerable<CollectionSnapshotJson>))]
[JsonSerializable(typeof(IEnumerable<CollectionSummaryJson>))]
[JsonSerializable(typeof(IEnumerable<DeployedJson>))]
[JsonSerializable(typeof(IEnumerable<DeploymentJson>))]
[JsonSerializable(typeof(IEnumerable<DriftJson>))]
[JsonSerializable(typeof(IEnumerable<GroupJson>))]
[JsonSerializable(typeof(IEnumerable<InstalledJson>))]
[JsonSerializable(typeof(IEnumerable<McpEntryJson>))]
[JsonSerializable(typeof(IEnumerable<ProfileJson>))]
[JsonSerializable(typeof(IEnumerable<MarketplaceArtifactJson>))]
[JsonSerializable(typeof(IEnumerable<MarketplaceJson>))]
[JsonSerializable(typeof(IEnumerable<MarketplaceResultJson>))]
[JsonSerializable(typeof(IEnumerable<ProjectJson>))]
[JsonSerializable(typeof(IEnumerable<RefreshJson>))]
[JsonSerializable(typeof(IEnumerable<RemovedJson>))]
[JsonSerializable(typeof(IEnumerable<RepairJson>))]
[JsonSerializable(typeof(IEnumerable<ReplacedCopyJson>))]
[JsonSerializable(typeof(IEnumerable<SnapshotCheckJson>))]
[JsonSerializable(typeof(IEnumerable<SnapshotJson>))]
[JsonSerializable(typeof(IEnumerable<StaleJson>))]
[JsonSerializable(typeof(IEnumerable<SyncJson>))]
[JsonSerializable(typeof(IEnumerable<TagEntryJson>))]
[JsonSerializable(typeof(IEnumerable<TransferredJson>))]
[JsonSerializable(typeof(IEnumerable<UpdateJson>))]
[JsonSerializable(typeof(IReadOnlyList<ArtifactProblem>))]
[JsonSerializable(typeof(IEnumerable<UpstreamArtifactJson>))]
[JsonSerializable(typeof(IReadOnlyList<RefreshField>))]
[JsonSerializable(typeof(IReadOnlyList<UpstreamFinding>))]
[JsonSerializable(typeof(NewCollectionJson))]
[JsonSerializable(typeof(ProjectExportJson))]
[JsonSerializable(typeof(RefreshJson))]
[JsonSerializable(typeof(RenamedCollectionJson))]
[JsonSerializable(typeof(RestoreJson))]
[JsonSerializable(typeof(SearchJson))]
[JsonSerializable(typeof(SnapshotExportJson))]
[JsonSerializable(typeof(WatchRunJson))]
[JsonSerializable(typeof(ArtifactDetailJson))]
[JsonSerializable(typeof(CollectionEditJson))]
[JsonSerializable(typeof(CollectionRequestJson))]
[JsonSerializable(typeof(CollectionSummaryJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(HomeChangedJson))]
[JsonSerializable(typeof(InfoJson))]
[JsonSerializable(typeof(JobJson))]
[JsonSerializable(typeof(LogLineJson))]
[JsonSerializable(typeof(PageJson<ArtifactListItemJson>))]
[JsonSerializable(typeof(PageJson<CollectionSummaryJson>))]
[JsonSerializable(typeof(PageJson<JobJson>))]
[JsonSerializable(typeof(PageJson<StaleJson>))]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(ReadyJson))]
[JsonSerializable(typeof(RefreshRequestJson))]
[JsonSerializable(typeof(SignInPageJson))]
[JsonSerializable(typeof(GroupEditJson))]
[JsonSerializable(typeof(GroupMembersJson))]
[JsonSerializable(typeof(GroupOrderJson))]
[JsonSerializable(typeof(McpEntryJson))]
[JsonSerializable(typeof(McpServerEditJson))]
[JsonSerializable(typeof(PageJson<GroupJson>))]
[JsonSerializable(typeof(PageJson<GroupMemberJson>))]
[JsonSerializable(typeof(PageJson<McpEntryJson>))]
[JsonSerializable(typeof(PageJson<TagEntryJson>))]
[JsonSerializable(typeof(RemovedEntryJson))]
[JsonSerializable(typeof(TagDefinitionEditJson))]
[JsonSerializable(typeof(TagEntryJson))]
[JsonSerializable(typeof(TransferRequestJson))]
[JsonSerializable(typeof(AddRequestJson))]
[JsonSerializable(typeof(ArtifactManifestJson))]
[JsonSerializable(typeof(ArtifactTextJson))]
[JsonSerializable(typeof(ConflictTextsJson))]
[JsonSerializable(typeof(PageJson<ArtifactFileJson>))]
[JsonSerializable(typeof(PageJson<ArtifactVersionJson>))]
[JsonSerializable(typeof(PageJson<ConflictTextsJson>))]
[JsonSerializable(typeof(PageJson<DeploymentJson>))]
[JsonSerializable(typeof(RemovedJson))]
[JsonSerializable(typeof(ResolutionJson))]
[JsonSerializable(typeof(UpdateRequestJson))]
[JsonSerializable(typeof(BackgroundJson))]
[JsonSerializable(typeof(BrowseRequestJson))]
[JsonSerializable(typeof(DeployRequestJson))]
[JsonSerializable(typeof(DeploymentPageJson))]
[JsonSerializable(typeof(DriftPageJson))]
[JsonSerializable(typeof(MarketplaceRequestJson))]
[JsonSerializable(typeof(PageJson<MarketplaceArtifactJson>))]
[JsonSerializable(typeof(PageJson<MarketplaceJson>))]
[JsonSerializable(typeof(PageJson<ProfileJson>))]
[JsonSerializable(typeof(PageJson<ServedProjectJson>))]
[JsonSerializable(typeof(PageJson<RestorableCollectionJson>))]
[JsonSerializable(typeof(PageJson<SnapshotJson>))]
[JsonSerializable(typeof(ProjectRequestJson))]
[JsonSerializable(typeof(RestoreRequestJson))]
[JsonSerializable(typeof(RollbackRequestJson))]
[JsonSerializable(typeof(SettingsEditJson))]
[JsonSerializable(typeof(SettingsJson))]
[JsonSerializable(typeof(SnapshotComparisonJson))]
[JsonSerializable(typeof(SnapshotDetailJson))]
[JsonSerializable(typeof(SnapshotRequestJson))]
[JsonSerializable(typeof(SyncRequestJson))]
[JsonSerializable(typeof(AdoptRequestJson))]
[JsonSerializable(typeof(ArtifactFacetsJson))]
[JsonSerializable(typeof(SnapshotCheckJson))]
[JsonSerializable(typeof(MarketplaceResultJson))]
[JsonSerializable(typeof(ArtifactEditJson))]
[JsonSerializable(typeof(RemovalRequestJson))]
[JsonSerializable(typeof(LastCheckJson))]
[JsonSerializable(typeof(FindProjectsRequestJson))]
[JsonSerializable(typeof(ProjectInstallRequestJson))]
[JsonSerializable(typeof(ProjectExportRequestJson))]
[JsonSerializable(typeof(RestoreCopiesRequestJson))]
[JsonSerializable(typeof(RepairRequestJson))]
[JsonSerializable(typeof(ValidateRequestJson))]
[JsonSerializable(typeof(SnapshotRemovalRequestJson))]
[JsonSerializable(typeof(IEnumerable<ServedProjectJson>))]
[JsonSerializable(typeof(PageJson<RefreshField>))]
[JsonSerializable(typeof(PageJson<ReplacedCopyJson>))]
internal sealed partial class JsonContract : JsonSerializerContext;
