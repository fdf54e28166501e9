using Microsoft.Extensions.Hosting;

namespace SkillMeat.Server.Hosting;

/// <summary>Leaves signals to the program, which stops the service.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
