#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:folder = Join-Path $TestDrive 'mine'
    foreach ($name in 'good', 'bad') { $null = New-Item -ItemType Directory -Path (Join-Path $folder "skills/$name") }
    Write-Text -Path (Join-Path $folder 'skills/good/SKILL.md') -Text "---`nname: good`ndescription: Does good. Use it often.`n---`nDo good.`n"
    Write-Text -Path (Join-Path $folder 'skills/bad/SKILL.md') -Text "---`nname: Bad Name`ndescription: Use when: asked`n---`nBody`n"
}

Describe 'Test-SkmArtifact' {
    It 'says what is wrong, where, and nothing of what is right' {
        $problems = Test-SkmArtifact $folder
        $problems.Code | Sort-Object | Should -Be @('front-matter-not-yaml', 'name-characters', 'name-not-folder', 'name-not-lowercase')
        $problems.ArtifactId | Sort-Object -Unique | Should -Be 'skill:bad'
        ($problems | Where-Object Code -EQ 'front-matter-not-yaml').Line | Should -Be 3
        ($problems | Where-Object Code -EQ 'name-not-folder').Line | Should -Be 2
        $problems.Path | Sort-Object -Unique | Should -BeLike '*mine/skills/bad/SKILL.md'
        Test-SkmArtifact (Join-Path $folder 'skills/good') | Should -BeNullOrEmpty
    }

    It 'takes folders from the pipeline, and reports a missing one without stopping' {
        $problems = Get-ChildItem -LiteralPath (Join-Path $folder 'skills') | Test-SkmArtifact
        $problems.Severity | Sort-Object -Unique | Should -Be 'Error'
        $seen = @()
        $found = (Join-Path $folder 'none'), (Join-Path $folder 'skills/bad') | Test-SkmArtifact -ErrorVariable seen -ErrorAction SilentlyContinue
        $found | Should -HaveCount 4
        $seen[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        ([pscustomobject]@{ Path = Join-Path $folder 'skills/bad' } | Test-SkmArtifact) | Should -HaveCount 4
        (Test-SkmArtifact (Join-Path $folder 'skills/bad') | Select-Object -First 1 | Test-SkmArtifact) | Should -Not -BeNullOrEmpty
    }

    It 'does not take the path in a collection or repository for one of the location' {
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
        $there = Join-Path $TestDrive 'there'
        Write-Text -Path (Join-Path $there 'skills/pdf-tools/SKILL.md') -Text 'no artifact'
        Push-Location -LiteralPath $there
        try {
            $problems = @()
            $found = (Get-SkmArtifact pdf-tools -SkillMeatHome $sample), (Get-SkmUpstreamArtifact (Join-Path $sample '../upstream') -Name pdf-tools -SkillMeatHome $sample) |
                Test-SkmArtifact -ErrorAction SilentlyContinue -ErrorVariable problems
            $found | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -Be (@('InvalidArgument,SkillMeat.Cmdlets.Commands.TestSkmArtifactCommand') * 2)
            $problems[0].TargetObject.ArtifactId | Should -Be 'skill:pdf-tools'
        }
        finally {
            Pop-Location
        }
    }
}
