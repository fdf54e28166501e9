using SkillMeat.Cache.Background;

namespace SkillMeat.Server.Json;

/// <summary>A task of a run, as <c>skm watch</c> prints it.</summary>
internal sealed record WatchTaskJson(string Task, int Expired, int Refreshed, int Failed)
{
    public static WatchTaskJson Of(BackgroundRefreshTaskResult result) => new(result.Task, result.Expired, result.Refreshed, result.Failed);
}
