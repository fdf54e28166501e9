using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A stage whose home is the <see cref="DemoHome"/>, for tests that only look.</summary>
public sealed class DemoStage(Chromium chromium) : IAsyncLifetime
{
    public Stage Stage { get; } = new(chromium);

    public async ValueTask InitializeAsync()
    {
        if (Requirements.SkipAll) return;
        await Stage.InitializeAsync();
        await DemoHome.MakeAsync(Stage);
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
