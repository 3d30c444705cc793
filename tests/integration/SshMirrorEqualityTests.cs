using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class SshMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Ssh);
