namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Chooses the fault for a request; null for none. Called from many threads.</summary>
/// <param name="request">The request; its <see cref="RequestRecord.Number"/> counts from 1.</param>
public delegate Fault? FaultPlan(RequestRecord request);
